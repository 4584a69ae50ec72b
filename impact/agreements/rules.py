"""When a text may be written, numbered, put to the vote, signed: decisions without a database."""

import hashlib
from collections.abc import Sequence
from datetime import date

from impact.agreements.difference_rules import words_changed
from impact.agreements.records import Agreement, Amendment, Decision, Edition, Paragraph
from impact.agreements.vocabulary import EditionState, TextKind
from impact.exceptions import Refused
from impact.wording import long_date


def check_writing(edition: Edition) -> None:
    """Only a draft is written in: what was numbered or voted stays as it was read."""
    if edition.is_voting:
        raise Refused("Cette version est au vote : elle ne change plus. Proposez un amendement pour la suivante.")
    if not edition.is_draft:
        raise Refused("Cette version ne change plus : commencez d’abord la version suivante.")


def check_keeping(edition: Edition, before: Sequence[Paragraph], now: Sequence[Paragraph]) -> None:
    """A number is given to a version that says something new."""
    check_writing(edition)
    if not now:
        raise Refused("Ce texte n’a encore aucun paragraphe : ajoutez-en un avant de numéroter la version.")
    if before and not words_changed(before, now):
        raise Refused("Aucun mot n’a changé depuis la version précédente : il n’y a rien de nouveau à numéroter.")


def check_next(edition: Edition) -> None:
    """One version at a time: the next one starts when the last one is no longer written nor voted."""
    if edition.is_draft:
        raise Refused("Une version est déjà en cours d’écriture.")
    if edition.is_voting:
        raise Refused("Cette version est au vote : la suivante commence après le résultat.")


def check_voting(edition: Edition, paragraphs: Sequence[Paragraph]) -> None:
    """An empty text is not put to the vote, nor twice the same decision."""
    if not paragraphs:
        raise Refused("Ce texte n’a aucun paragraphe : il n’y a rien à voter. Écrivez-en un d’abord.")
    if edition.state not in (EditionState.DRAFT, EditionState.KEPT):
        raise Refused("Un vote a déjà été annoncé sur cette version.")


def check_accepting(amendment: Amendment, edition: Edition, paragraphs: Sequence[Paragraph]) -> None:
    """An accepted amendment enters the draft: there must be one, and the article must still be in it."""
    check_answering(amendment)
    if not edition.is_draft:
        message = "Commencez d’abord la version suivante : un amendement accepté y entre aussitôt."
        raise Refused(message, "verdict")
    here = {paragraph.article_id for paragraph in paragraphs}
    if amendment.article_id is not None and amendment.article_id not in here:
        raise Refused("Cet article n’est plus dans le texte : refusez l’amendement en le disant.", "verdict")


def check_answering(amendment: Amendment) -> None:
    """One answer each."""
    if not amendment.is_open:
        raise Refused("Cet amendement a déjà reçu sa réponse.")


def check_binding(edition: Edition) -> None:
    """What binds is what was adopted."""
    if not edition.is_adopted:
        raise Refused("Seule une version adoptée se signe et se scelle.")


def check_signing(edition: Edition, day: date) -> None:
    """Nobody signs a text before it is adopted."""
    check_binding(edition)
    if edition.settled_on and day < edition.settled_on:
        raise Refused(
            f"Cette version est adoptée le {long_date(edition.settled_on)} : on la signe ensuite.", "signed_on"
        )


def check_amending(agreement: Agreement) -> None:
    """A yearly amendment changes a text that is known here."""
    if agreement.kind is TextKind.RIDER and agreement.amends_id is None:
        raise Refused(
            "Choisissez le texte que cet avenant modifie : s’il n’est pas ici, écrivez-le d’abord.", "amends_id"
        )


def check_decision(decision: Decision) -> None:
    """A disagreement is recorded with who and with what would settle it; raises Refused at the field."""
    if decision.disagreement and not decision.disagreeing:
        raise Refused("Écrivez qui n’est pas d’accord : des structures, des fonctions.", "disagreeing")
    if decision.disagreement and not decision.would_settle:
        raise Refused("Écrivez ce qui trancherait : un chiffre, un essai, un avis attendu.", "would_settle")
    if not decision.disagreement and (decision.disagreeing or decision.would_settle):
        raise Refused("Écrivez sur quoi porte le désaccord.", "disagreement")
    if decision.settled_on and not decision.disagreement:
        raise Refused("Sans désaccord écrit, il n’y a rien à dire levé.", "settled_on")
    if decision.settled_on and decision.settled_on < decision.decided_on:
        raise Refused("Ce jour vient avant la décision elle-même.", "settled_on")


def fingerprint(agreement: Agreement, edition: Edition, paragraphs: Sequence[Paragraph]) -> str:
    """SHA-256 of the words of a version: title, number, then headings and paragraphs in order, in UTF-8."""
    lines = [agreement.title, f"version {edition.number}"]
    for paragraph in paragraphs:
        lines += [paragraph.heading, paragraph.body]
    return hashlib.sha256("\n\n".join(lines).encode()).hexdigest()
