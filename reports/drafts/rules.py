"""Who writes what on a draft, when it may be issued, how long a link lasts, what changed from one issue to the next."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from impact.accounts.access import Action, Role, may
from impact.audit import Actor
from impact.exceptions import Refused
from impact.wording import french
from impact_maps.indicators import CATALOGUE
from reports.composition.words import MASKED, bare_value
from reports.drafts.records import Difference, Draft
from reports.records import Release
from reports.vocabulary import Mission, WordKind

LINK_DAYS, MOST_LINK_DAYS = 30, 180
_OF_MISSION = {
    Mission.ADVISER: (WordKind.RECOMMENDATION, WordKind.REMARK),
    Mission.COLLECTOR: (WordKind.REMARK,),
    Mission.EVALUATOR: (WordKind.JUDGEMENT, WordKind.RECOMMENDATION, WordKind.REMARK),
    Mission.EYE: (WordKind.REMARK,),
}


def kinds_for(actor: Actor, mission: Mission | None) -> tuple[WordKind, ...]:
    """What this person may sign on a draft: the team everything, an outside evaluator what her mission says."""
    if not may(actor, Action.REMARK_DRAFTS):
        return ()
    if actor.role != Role.EVALUATOR.value:
        return tuple(WordKind)
    return _OF_MISSION[mission] if mission else (WordKind.REMARK,)


def signature_role(actor: Actor, mission: Mission | None) -> str:
    """« Coordination », « Évaluation extérieure (regard extérieur) »."""
    label = Role(actor.role).label
    if actor.role != Role.EVALUATOR.value or mission is None:
        return label
    return french(f"{label}, {mission.label.partition(' :')[0].partition(' :')[0].lower()}")


def moved(sections: Sequence[str], key: str, places: int) -> tuple[str, ...]:
    """The sections with one of them moved up (−1) or down (+1); unchanged at the ends."""
    order = list(sections)
    if key in order:
        at = order.index(key)
        to = min(max(at + places, 0), len(order) - 1)
        order.insert(to, order.pop(at))
    return tuple(order)


def check_ready(draft: Draft) -> None:
    """Refuses to issue what nobody has read through since the last change."""
    if draft.reviewed_on is None:
        raise Refused("Ce brouillon n’est pas relu : relisez-le, puis remettez-le.")


def check_link_end(end: date, today: date) -> None:
    """A link ends after today and within half a year."""
    if not today < end <= today + timedelta(days=MOST_LINK_DAYS):
        raise Refused(f"Choisissez un jour à venir, dans les {MOST_LINK_DAYS} jours.", "expires_on")


def new_token() -> str:
    """What the recipient's address holds; the file keeps only its hash."""
    return secrets.token_urlsafe(24)


def hashed(token: str) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def differences(was: Mapping[tuple[str, str], Release], now: Mapping[tuple[str, str], Release]) -> list[Difference]:
    """Values that changed, came or went between two issues, in the catalogue's order."""
    order = {code: rank for rank, code in enumerate(CATALOGUE)}
    keys = sorted({*was, *now}, key=lambda key: (order.get(key[0], len(order)), key[1]))
    found = []
    for key in keys:
        old, new = _said(was.get(key)), _said(now.get(key))
        if old != new and key[0] in CATALOGUE:
            title = CATALOGUE[key[0]].title + (f" ({_label(was.get(key), now.get(key))})" if key[1] else "")
            found.append(Difference(french(title), old, new))
    return found


def _label(*releases: Release | None) -> str:
    """The words of a category; its code for a report issued before words were kept."""
    known = [each for each in releases if each is not None]
    return next((each.label for each in known if each.label), known[0].category)


def _said(release: Release | None) -> str:
    if release is None:
        return "–"
    if release.masked:
        return MASKED
    if release.value is None or release.code not in CATALOGUE:
        return "–"
    indicator = CATALOGUE[release.code]
    return bare_value(release.value, indicator.unit.value, indicator.symbol)
