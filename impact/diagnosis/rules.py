"""What may be crossed, validated, written twice."""

from collections.abc import Sequence
from datetime import date

from impact.cooperation.records import Meeting
from impact.diagnosis.records import Crossing, Finding, RoundVersion, TwoRoundText, WorkingGroup
from impact.exceptions import Refused
from impact.wording import fold, long_date, plural


def check_group(group: WorkingGroup, today: date) -> None:
    """A group that met, with no more names than heads."""
    if group.held_on > today:
        raise Refused("Un groupe s’inscrit une fois qu’il s’est réuni : choisissez un jour passé.", "held_on")
    if len(group.member_ids) > group.people:
        raise Refused(
            f"{plural(len(group.member_ids), 'nom')} pour {plural(group.people, 'présent')} : corrigez.", "people"
        )


def check_crossing(crossing: Crossing, findings: Sequence[Finding]) -> None:
    """Something inside with something outside, on the same axis."""
    known = {finding.id: finding for finding in findings if finding.axis_id == crossing.axis_id}
    inside, outside = known.get(crossing.internal_id), known.get(crossing.external_id)
    if inside is None or not inside.kind.is_internal:
        raise Refused("Choisissez une force ou une faiblesse de cet axe.", "internal_id")
    if outside is None or outside.kind.is_internal:
        raise Refused("Choisissez une opportunité ou une menace de cet axe.", "external_id")


def check_validating(meeting: Meeting, findings: int, today: date) -> None:
    """A committee that met, and something to validate."""
    if not meeting.people or meeting.held_on > today:
        raise Refused("Cette réunion n’a pas encore de présents : saisissez d’abord son compte rendu.", "meeting_id")
    if not findings:
        raise Refused("Le diagnostic est vide : il n’y a rien à valider.", "meeting_id")


def check_second(text: TwoRoundText, version: RoundVersion) -> None:
    """Written after the first, by another group."""
    if text.is_amended:
        raise Refused("Ce texte a déjà sa deuxième version : les deux sont gardées telles quelles.")
    first = text.versions[0]
    if version.written_on < first.written_on:
        raise Refused(
            f"La première version est du {long_date(first.written_on)} : choisissez un jour suivant.", "written_on"
        )
    if fold(version.written_by) == fold(first.written_by):
        raise Refused("La deuxième version est écrite par un autre groupe que la première.", "written_by")
