"""What the follow-up puts in « À faire »."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from impact.accounts.access import Action, may, rights_of
from impact.audit import Actor, Deed, note_access
from impact.db import EncryptedDatabase
from impact.navigation import Todo, Urgency
from impact.pathways.handover_storage import list_proposals
from impact.pathways.line_storage import named, piles_to_do, some_lines
from impact.pathways.meeting_storage import next_meeting, undecided_meetings
from impact.pathways.records import FollowUpSetting, Line, Pile
from impact.pathways.setting_storage import get_setting
from impact.pathways.vocabulary import ReadyView, State, Waiting
from impact.wording import french, plural, short_date

# Beyond this many of a kind, one line tells how many and leads to the list.
FEW = 2
# Where the child's name goes, read once the few lines that are named are known.
NAME = "{name}"


@dataclass(frozen=True)
class Told:
    """How a pile is told: one child at a time while they are few, then as a number that leads to its list."""

    urgency: Urgency
    title: str
    one: Callable[[Line, date], str]
    label: str
    endpoint: str
    many: Callable[[Pile, FollowUpSetting], tuple[str, str]]
    listed: Mapping[str, int | str]
    few: int = FEW


def _received(line: Line, today: date) -> str:
    days = plural((today - line.received_on).days, "jour")
    return f"Reçue le {short_date(line.received_on)}, il y a {days}."


_DECIDED = frozenset({Waiting.LATE, Waiting.MEETING, Waiting.START})
_KINDS: dict[Waiting, Told] = {
    Waiting.WITHDRAWN: Told(
        Urgency.WAITING,
        f"Accord retiré pour {NAME}",
        lambda line, today: "Rien ne peut plus être écrit. Demandez un nouvel accord, ou terminez le parcours.",
        "Ouvrir le dossier",
        "pathways.show",
        lambda pile, setting: (
            f"{pile.count} accords retirés",
            "Rien ne peut plus être écrit : un nouvel accord, ou la fin du parcours.",
        ),
        {"etat": State.FOLLOWED.value},
        few=10,
    ),
    Waiting.AGREEMENT: Told(
        Urgency.MISSING,
        f"Accord des parents de {NAME}",
        lambda line, today: f"Situation reçue le {short_date(line.received_on)}.",
        "Inscrire l’accord",
        "pathways.consent",
        lambda pile, setting: (
            f"{plural(pile.count, 'situation')} sans accord d’un représentant légal",
            f"Accords à demander. La plus ancienne situation est du {short_date(pile.oldest)}.",
        ),
        {"etat": State.AGREEMENT.value},
    ),
    Waiting.DUE: Told(
        Urgency.WAITING,
        f"Suite à donner pour {NAME}",
        lambda line, today: f"Prévue pour le {short_date(line.next_on)}.",
        "Ouvrir le dossier",
        "pathways.show",
        lambda pile, setting: (
            f"{pile.count} suites à donner",
            f"La plus ancienne était pour le {short_date(pile.oldest)}.",
        ),
        {"vue": ReadyView.DUE.value},
    ),
    Waiting.REVIEW: Told(
        Urgency.LATE,
        f"Bilan de {NAME}",
        lambda line, today: f"Prévu le {short_date(line.review_on)}. Suivi par {line.referent}.",
        "Faire le bilan",
        "pathways.domain_review",
        lambda pile, setting: (
            plural(pile.count, "bilan dépassé", "bilans dépassés"),
            f"Le plus ancien était prévu le {short_date(pile.oldest)}.",
        ),
        {"etat": State.FOLLOWED.value, "tri": "bilan"},
    ),
    Waiting.LONG: Told(
        Urgency.WAITING,
        f"Parcours de {NAME} au-delà de sa durée",
        lambda line, today: f"Ouvert le {short_date(line.started_on)}. Fixez une fin, ou terminez-le.",
        "Fixer la fin",
        "pathways.review",
        lambda pile, setting: (
            f"{pile.count} parcours au-delà de leur durée",
            f"Au-delà de la fin prévue, ou de {setting.usual_months} mois. Le plus ancien est du {short_date(pile.oldest)}.",
        ),
        {"vue": ReadyView.LONG.value, "tri": "debut"},
    ),
    Waiting.LATE: Told(
        Urgency.LATE,
        f"Décision de l’équipe pour {NAME}",
        _received,
        "Inscrire la décision",
        "pathways.decide",
        lambda pile, setting: (
            f"{plural(pile.count, 'situation')} en attente de décision",
            f"La plus ancienne est du {short_date(pile.oldest)}.",
        ),
        {"etat": State.DECISION.value, "tri": "reception"},
    ),
    Waiting.START: Told(
        Urgency.WAITING,
        f"Parcours de {NAME} à ouvrir",
        lambda line, today: "L’équipe l’a décidé : il reste à choisir qui suit l’enfant.",
        "Ouvrir le parcours",
        "pathways.start",
        lambda pile, setting: (
            f"{pile.count} parcours à ouvrir",
            "L’équipe les a décidés : il reste à choisir qui suit chaque enfant.",
        ),
        {"etat": State.START.value, "tri": "reception"},
    ),
}


def list_todos(db: EncryptedDatabase, actor: Actor, today: date) -> list[Todo]:
    """Agreements, decisions, openings, notes and reviews that wait; naming a child leaves its entry in the log."""
    rights = rights_of(actor)
    if Action.ADD_SITUATION not in rights:
        return []
    piles, setting = piles_to_do(db, actor, today), get_setting(db)
    unplanned = piles.pop(Waiting.MEETING, None)
    mine = [todo for kind, pile in piles.items() for todo in _pile(kind, pile, setting, actor, today)]
    mine += _hand_overs(db, actor, today)
    if may(actor, Action.DECIDE_SITUATION):
        mine += [_unplanned(unplanned, next_meeting(db, today))] if unplanned else []
        mine += _meetings(db, today)
    return _told(db, actor, mine, today)


def _pile(kind: Waiting, pile: Pile, setting: FollowUpSetting, actor: Actor, today: date) -> list[Todo]:
    """Nothing to those who may not do it; a line each for a few children, one line for many."""
    if kind in _DECIDED and not may(actor, Action.DECIDE_SITUATION):
        return []
    if kind is Waiting.SILENT:
        return [_silences(pile, setting)]
    told = _KINDS[kind]
    if pile.count > told.few:
        title, detail = told.many(pile, setting)
        return [Todo(told.urgency, title, detail, "Voir la liste", "pathways.index", dict(told.listed))]
    return [
        Todo(
            Urgency.LATE if kind is Waiting.DUE and line.next_on and line.next_on < today else told.urgency,
            told.title,
            told.one(line, today),
            told.label,
            told.endpoint,
            {"situation_id": line.situation_id},
        )
        for line in pile.lines
    ]


def _silences(pile: Pile, setting: FollowUpSetting) -> Todo:
    own = 0 < pile.part < pile.count
    detail = f"Dont {pile.part} suivis par vous." if own else "Une note suffit à donner des nouvelles."
    title = f"{plural(pile.count, 'enfant')} sans contact depuis {setting.silence_days} jours"
    listed: dict[str, int | str] = {"vue": ReadyView.SILENT.value, "tri": "note"}
    return Todo(Urgency.MISSING, title, detail, "Voir la liste", "pathways.index", listed)


def _unplanned(pile: Pile, meeting_id: int | None) -> Todo:
    """Leads to the agenda of the next meeting, or to the form of one."""
    title = plural(pile.count, "situation attend une réunion", "situations attendent une réunion")
    detail = f"La plus ancienne est du {short_date(pile.oldest)}."
    if pile.part:
        detail += f" {plural(pile.part, 'reste', 'restent')} à présenter à l’équipe."
    if meeting_id is None:
        return Todo(Urgency.WAITING, title, french(detail), "Préparer une réunion", "pathways.add_meeting")
    values: dict[str, int | str] = {"meeting_id": meeting_id}
    return Todo(Urgency.WAITING, title, french(detail), "Ouvrir l’ordre du jour", "pathways.agenda", values)


def _told(db: EncryptedDatabase, actor: Actor, todos: Sequence[Todo], today: date) -> list[Todo]:
    """The same, with the names of the few children who are named."""
    ids = {int(todo.values["situation_id"]) for todo in todos if "situation_id" in todo.values}
    if not ids:
        return list(todos)
    note_access(db, actor, Deed.READ, "situation_list")
    names = {line.situation_id: line.name for line in named(db, some_lines(db, ids, today), today)}
    return [
        replace(todo, title=todo.title.replace(NAME, names.get(int(todo.values.get("situation_id", 0)), "")))
        for todo in todos
    ]


def _meetings(db: EncryptedDatabase, today: date) -> list[Todo]:
    return [
        Todo(
            Urgency.LATE if held_on < today else Urgency.WAITING,
            french(f"Réunion du {short_date(held_on)} : {plural(undecided, 'décision')} à inscrire"),
            "Une décision par situation, puis le compte rendu.",
            "Ouvrir la réunion",
            "pathways.meeting",
            {"meeting_id": meeting_id},
        )
        for meeting_id, held_on, undecided in undecided_meetings(db, today)
    ]


def _hand_overs(db: EncryptedDatabase, actor: Actor, today: date) -> list[Todo]:
    """Children one is asked to follow; for the coordinator, the answers that she waits for."""
    todos = []
    for situation_id, member_id, proposed_by, proposed_on in list_proposals(db):
        own = member_id == actor.member_id
        if not own and not may(actor, Action.DECIDE_SITUATION):
            continue
        by = f" par {proposed_by}" if proposed_by else ""
        detail = f"Proposé{by} le {short_date(proposed_on)}, il y a {plural((today - proposed_on).days, 'jour')}."
        title = f"Suivre {NAME} : votre réponse" if own else f"Transmission de {NAME} sans réponse"
        values: dict[str, int | str] = {"situation_id": situation_id}
        todos.append(Todo(Urgency.WAITING, french(title), detail, "Répondre", "pathways.answer", values))
    return todos
