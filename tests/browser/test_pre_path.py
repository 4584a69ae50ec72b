"""A child's path in the programme from end to end, by keyboard alone and on a phone of 390 px."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from impact.accounts.access import Role
from impact.accounts.storage import change_role, find_account, list_memberships
from impact.audit import SYSTEM
from impact.demo import PRE
from impact.periods import local_today
from tests.browser.finger import Finger
from tests.browser.keyboard import Keyboard

CHILDREN = f"/communautes/{PRE}/enfants/"
Hand = Finger | Keyboard
Served = tuple[Flask, str]
# Written on the way.
SAID = ("A lu une page à voix haute.", "Un petit groupe le midi.", "J’aime lire.", "Oser parler en classe")


def _orientation(hand: Hand, family: str) -> None:
    hand.page.goto(CHILDREN)
    hand.follow("Recevoir une situation")
    hand.write("Prénom", "Canari")
    hand.write("Nom", family)
    hand.write("Jour", "14")
    hand.write("Mois", "3")
    hand.write("Année", "2017")
    hand.choose("Fille")
    hand.pick("Adressée par", "École")
    hand.pick("Premier motif", "Isolement")
    hand.follow("Enregistrer")
    expect(hand.page.get_by_role("heading", level=1)).to_contain_text(f"Canari {family}")
    hand.follow("Compléter la fiche d’orientation")
    hand.write("Nom", "Belombre")
    hand.write("Institution", "École des Tilleuls")
    hand.write("Ce qui a déjà été essayé", "Un petit groupe le midi.")
    hand.follow("Enregistrer la fiche")
    expect(hand.page.get_by_text("Un petit groupe le midi.")).to_be_visible()


def _agreement(hand: Hand, family: str) -> None:
    hand.follow("Inscrire l’accord")
    hand.write("Nom", family)
    hand.choose("Mère")
    hand.choose("Par écrit")
    hand.tick("École")
    hand.tick("Famille et vie sociale")
    hand.follow("Enregistrer")


def _meeting(hand: Hand, family: str) -> None:
    hand.follow("Présenter à l’équipe")
    hand.follow("Réunions de l’équipe")
    hand.follow("Préparer une réunion")
    hand.write("Date de la réunion", f"{local_today():%d/%m/%Y}")
    hand.write("Lieu", "Mairie, salle 2")
    hand.follow("Enregistrer la réunion")
    hand.follow(f"Décider pour Canari {family}")
    hand.choose("Parcours")
    hand.follow("Enregistrer la décision")
    hand.follow(f"Canari {family}")


def _pathway(hand: Hand) -> None:
    hand.follow("Ouvrir le parcours")
    hand.pick("Référente ou référent", "Amina")
    hand.pick("Profil d’accompagnement", "Profil 2")
    hand.write("Premier objectif", "Oser parler en classe")
    hand.write("Point de départ", "Ne lève jamais la main")
    hand.follow("Ouvrir le parcours")
    for told in ("A lu une page à voix haute.", "Demande un livre."):
        hand.follow("Écrire une note")
        hand.choose("Visite à domicile")
        hand.write("Faits", told)
        if told.startswith("Demande"):
            hand.unfold("Qui la lira")
            hand.choose("École", "Famille et vie sociale")
        hand.follow("Enregistrer la note")
        expect(hand.page.get_by_text(told)).to_be_visible()
    expect(hand.page.get_by_text("Famille et vie sociale").first).to_be_visible()


def _review(hand: Hand) -> None:
    hand.follow("Faire un bilan")
    hand.write("Prochain bilan", f"{local_today() + timedelta(days=60):%d/%m/%Y}")
    hand.choose("1", "3")
    hand.write("École : ce qui fait choisir cette note", "Lève la main une fois par jour.")
    hand.follow("Enregistrer le bilan")
    expect(hand.page.get_by_role("region", name="Notes de 1 à 5 par domaine")).to_be_visible()


def _exit(hand: Hand) -> None:
    hand.follow("Terminer le parcours")
    hand.pick("Motif de la sortie", "Objectifs atteints")
    hand.choose("Atteint")
    hand.write("Relais vers les services de droit commun", "Bibliothèque du quartier")
    hand.write("Ce qu’en dit l’enfant", "J’aime lire.")
    hand.write("Ce qu’en dit la référente ou le référent", "Une année régulière.")
    hand.tick("L’avis des parents")
    hand.follow("Terminer")
    expect(hand.page.get_by_text("Parcours terminé").first).to_be_visible()


def _turn(served: Served, role: Role) -> None:
    """Denis reads for a funder, or sits on the board."""
    directory = served[0].extensions["instance"].directory()
    denis = find_account(directory, "denis@demonstration.example")
    assert denis is not None
    (membership,) = list_memberships(directory, denis.id, PRE)
    change_role(directory, SYSTEM, membership.id, role)
    directory.close()


def _see_nothing(others: Sequence[Page], address: str, family: str) -> None:
    """Neither a stranger, nor another community, nor Denis meets the child: its page, the lists, the home page."""
    for page in others:
        for url in (address, f"{CHILDREN}?q={family}", f"{CHILDREN}equipe", f"/communautes/{PRE}/", "/"):
            page.goto(url)
            assert f"Canari {family}" not in page.content(), url
            assert not any(said in page.content() for said in SAID), url


@pytest.mark.browser
@pytest.mark.pdf
@pytest.mark.parametrize(("by", "role"), [(Keyboard, Role.FUNDER), (Finger, Role.BOARD)])
def test_from_orientation_to_certificate(
    open_page: Callable[..., Page], served: Served, by: type[Finger] | type[Keyboard], role: Role
) -> None:
    _turn(served, role)
    page = open_page("amina", 390, has_touch=True) if by is Finger else open_page("amina")
    others = [open_page(), open_page("chloe"), open_page("denis")]
    hand, family = by(page), by.__name__
    steps = [lambda: _orientation(hand, family), lambda: _agreement(hand, family), lambda: _meeting(hand, family)]
    for step in (*steps, lambda: _pathway(hand), lambda: _review(hand), lambda: _exit(hand)):
        step()
        assert f"Canari {family}" in page.content()
        _see_nothing(others, page.url, family)
    # A browser shows a PDF in place: it is read at the address of the link.
    answer = page.context.request.get(page.get_by_role("link", name="Attestation").get_attribute("href") or "")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF")
