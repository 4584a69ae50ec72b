"""Who writes what on a draft, when it may be issued, how long a link lasts."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from impact.accounts.access import Action, Role, may
from impact.audit import Actor
from impact.exceptions import Refused
from impact.wording import french
from reports.drafts.records import Draft
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
