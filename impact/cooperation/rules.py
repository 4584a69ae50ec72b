"""Who may speak for whom, what a link may become, what an action costs: decisions without a database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from impact.communities.records import Organisation
from impact.cooperation.records import (
    Declaration,
    FilledGrid,
    Funding,
    JointAction,
    KeyQuestion,
    Link,
    Mandate,
    Meeting,
    Round,
    Totals,
)
from impact.cooperation.vocabulary import CriterionAnswer, FundingCriterion, LinkKind, QuestionState
from impact.exceptions import NotAllowed, Refused
from impact.wording import long_date, short_date


@dataclass(frozen=True)
class Speaker:
    """Who acts on links: an editor speaks for every organisation, a member for her own alone."""

    edits_all: bool
    organisation_id: int | None

    def speaks_for(self, organisation_id: int) -> bool:
        """Whether this person may say what this organisation says."""
        return self.edits_all or organisation_id == self.organisation_id


@dataclass(frozen=True)
class LinkLine:
    """A link of the list, with what the reader may do about it."""

    link: Link
    confirms: bool
    makes: bool
    withdraws: bool


def line_for(link: Link, speaker: Speaker, is_open: bool) -> LinkLine:
    """Confirm what the other end says, say that it is made, withdraw one's own word."""
    if not is_open:
        return LinkLine(link, False, False, False)
    voices = frozenset(end for end in link.ends if speaker.speaks_for(end))
    return LinkLine(
        link,
        confirms=link.exists and bool(voices - link.existing_by),
        makes=not link.exists and bool(voices),
        withdraws=bool(voices & link.declared_by),
    )


def check_speaks(speaker: Speaker, organisation_ids: Iterable[int]) -> None:
    """Raises NotAllowed when the person speaks for none of these organisations."""
    if not any(speaker.speaks_for(known) for known in organisation_ids):
        raise NotAllowed("Seules les structures concernées et l’équipe d’animation peuvent dire ce qu’est ce lien.")


def check_ends(declarer_id: int, partner_id: int) -> None:
    """A link has two ends."""
    if declarer_id == partner_id:
        raise Refused("Un lien unit deux structures différentes : choisissez-en une autre.", "partner_id")


def check_again(known: Declaration | None, kind: LinkKind) -> None:
    """Saying the same thing twice, or wishing for what exists, changes nothing."""
    if known is None:
        return
    if known.kind is kind:
        raise Refused("Cette structure a déjà déclaré ce lien.", "partner_id")
    if known.exists:
        raise Refused("Cette structure a déclaré que ce lien existe : il n’est plus à créer.", "kind")


def check_round(held_on: date, others: Sequence[Round], today: date) -> None:
    """Rounds are taken one after the other, none in the future."""
    if held_on > today:
        raise Refused("Un tour se date du jour où les structures ont parlé : choisissez un jour passé.", "held_on")
    last = max((known.held_on for known in others), default=None)
    if last is not None and held_on <= last:
        raise Refused(f"Le tour précédent date du {long_date(last)} : choisissez un jour plus récent.", "held_on")


def open_round(rounds: Sequence[Round]) -> Round | None:
    """The last one is the only one that changes: an older one stays as it was, to be compared."""
    return max(rounds, key=lambda known: known.held_on, default=None)


def check_open(rounds: Sequence[Round], round_id: int) -> None:
    """Raises Refused on the link of an older round."""
    last = open_round(rounds)
    if last is None or last.id != round_id:
        raise Refused("Ce tour est clos, pour être comparé aux suivants. Les liens se changent dans le dernier tour.")


def carried(links: Sequence[Link]) -> list[Link]:
    """The links of a round as the next one begins: what was made exists, what was to create still is."""
    return [
        Link(
            0,
            0,
            link.first_id,
            link.second_id,
            link.question_id,
            tuple(
                Declaration(
                    known.declarer_id,
                    LinkKind.EXISTING if known.exists else known.kind,
                    known.made_on or known.declared_on,
                )
                for known in link.declarations
            ),
        )
        for link in links
    ]


def on_its_day(links: Sequence[Link]) -> list[Link]:
    """The links of a closed round as they were said: what was made after it was still to create."""
    return [
        replace(link, declarations=tuple(replace(said, made_on=None) for said in link.declarations)) for link in links
    ]


def pairs(links: Iterable[Link]) -> list[Link]:
    """One link per pair of organisations, whatever the key questions: what the picture shows."""
    joined: dict[tuple[int, int], list[Declaration]] = {}
    for link in links:
        joined.setdefault((link.first_id, link.second_id), []).extend(link.declarations)
    return [Link(0, 0, *ends, None, tuple(said)) for ends, said in sorted(joined.items())]


def possible_pairs(organisations: Sequence[Organisation]) -> int:
    """n(n-1)/2."""
    return len(organisations) * (len(organisations) - 1) // 2


def check_question_dates(question: KeyQuestion, today: date) -> None:
    """A question is validated after it was proposed, and not tomorrow."""
    if question.proposed_on > today:
        raise Refused("La question est proposée : cette date ne peut pas être à venir.", "proposed_on")
    if question.validated_on is None:
        return
    if question.validated_on > today:
        raise Refused("Une question se valide un jour passé : laissez vide en attendant.", "validated_on")
    if question.validated_on < question.proposed_on:
        raise Refused(
            f"La question est proposée le {short_date(question.proposed_on)} : elle se valide ensuite.", "validated_on"
        )


def check_merging(question: KeyQuestion, target: KeyQuestion) -> None:
    """A question joins another that still lives."""
    if question.state is QuestionState.MERGED:
        raise Refused("Cette question est déjà fusionnée avec une autre.", "target_id")
    if target.id == question.id or target.state is QuestionState.MERGED:
        raise Refused("Choisissez une autre question, qui n’est pas elle-même fusionnée.", "target_id")


def lasting(questions: Sequence[KeyQuestion]) -> dict[int, int]:
    """The id of each question → that of the question in which it lives on: its own unless it was merged."""
    into = {known.id: known.merged_into for known in questions}
    found = {}
    for known in questions:
        last = known.id
        while (after := into.get(last)) is not None:
            last = after
        found[known.id] = last
    return found


def living(questions: Sequence[KeyQuestion]) -> list[KeyQuestion]:
    """The questions that a form offers."""
    return [known for known in questions if known.state is not QuestionState.MERGED]


def check_action(action: JointAction) -> None:
    """Dates in order, and the lead not among the partners."""
    if action.starts_on and action.ends_on and action.ends_on < action.starts_on:
        raise Refused("La fin vient avant le début : corrigez l’une des deux dates.", "ends_on")
    if action.lead_id in action.partner_ids:
        raise Refused("La structure qui porte l’action n’est pas à cocher parmi ses partenaires.", "partner_ids")


def check_funding(funding: Funding) -> None:
    """At least one amount."""
    if funding.asked is None and funding.granted is None and funding.spent is None:
        raise Refused("Écrivez au moins un montant : demandé, accordé ou dépensé.", "asked")


def totals(fundings: Sequence[Funding]) -> Totals:
    """Sums, and the co-financing rate: the share of what is granted that does not come from the first funder."""
    granted = [known.granted or 0 for known in fundings]
    total = sum(granted)
    return Totals(
        asked=sum(known.asked or 0 for known in fundings),
        granted=total,
        spent=sum(known.spent or 0 for known in fundings),
        funders=sum(1 for amount in granted if amount),
        cofinancing=1 - max(granted) / total if total else None,
    )


def check_counts(meeting: Meeting, today: date) -> None:
    """Nobody was at a meeting that is to come."""
    if meeting.held_on > today and (meeting.people or meeting.minutes or meeting.decisions):
        raise Refused(f"Cette réunion est prévue le {long_date(meeting.held_on)} : son compte rendu se saisit ensuite.")


def is_unrecorded(meeting: Meeting, today: date) -> bool:
    """Past, and nobody counted."""
    return meeting.held_on < today and not meeting.people


def check_removing(meeting: Meeting) -> None:
    """A meeting that took place stays in the figures."""
    if meeting.people:
        raise Refused("Des personnes sont comptées à cette réunion : elle a eu lieu et reste dans la liste.")


def check_mandate(mandate: Mandate) -> None:
    """Its last day comes after its first one."""
    if mandate.until_on and mandate.until_on < mandate.given_on:
        raise Refused(f"Le mandat commence le {long_date(mandate.given_on)} : il finit ensuite.", "until_on")


def fill_grid(
    action: JointAction, fundings: Sequence[Funding], said: Mapping[FundingCriterion, CriterionAnswer]
) -> FilledGrid:
    """What a funder reads of an action: several operators and funders are read in it, the rest was said.

    A yes gives the whole weight, « partly » half of it; a criterion that nobody answered is out of the maximum.
    """
    funders = sum(1 for line in fundings if (line.granted or line.asked or 0) > 0)
    yes, no = CriterionAnswer.YES, CriterionAnswer.NO
    read = {
        FundingCriterion.OPERATORS: yes if action.partner_ids else no,
        FundingCriterion.COFINANCING: yes if funders > 1 else no,
    }
    answers = {known: read.get(known) or said.get(known) for known in FundingCriterion}
    worth = {yes: 1.0, CriterionAnswer.PARTLY: 0.5, no: 0.0}
    points = sum(known.weight * worth[answer] for known, answer in answers.items() if answer)
    return FilledGrid(answers, points, sum(known.weight for known, answer in answers.items() if answer))
