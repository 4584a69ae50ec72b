"""What the follow-up puts in « À faire »."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from impact.accounts.access import Action, may, rights_of
from impact.audit import Actor, Deed, note_access
from impact.db import EncryptedDatabase
from impact.navigation import Todo, Urgency
from impact.pathways.handover_storage import list_proposals
from impact.pathways.line_storage import lines_to_do, named, some_lines
from impact.pathways.meeting_storage import list_meetings
from impact.pathways.records import FollowUpSetting, Line, Meeting
from impact.pathways.rules import DECISION_DELAY, is_due, is_silent, is_too_long
from impact.pathways.setting_storage import get_setting
from impact.pathways.vocabulary import ReadyView, State
from impact.wording import french, plural, short_date

# Beyond this many of a kind, one line tells how many and leads to the list.
FEW, LISTED = 2, 20
# Where the child's name goes, read once the few lines that are named are known.
NAME = "{name}"


def list_todos(db: EncryptedDatabase, actor: Actor, today: date) -> list[Todo]:
    """Agreements, decisions, openings, notes and reviews that wait; naming a child leaves its entry in the log."""
    rights = rights_of(actor)
    if Action.ADD_SITUATION not in rights:
        return []
    lines, setting = lines_to_do(db, actor, today), get_setting(db)
    mine = _agreements(lines) + _next_steps(lines, today) + _silences(lines, actor, setting, today)
    mine += _reviews(lines, today) + _too_long(lines, setting, today) + _hand_overs(db, actor, today)
    if may(actor, Action.DECIDE_SITUATION):
        mine += _meetings(list_meetings(db), today) + _decisions(lines, today) + _openings(lines)
    return _told(db, actor, mine, today)


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


def _agreements(lines: Sequence[Line]) -> list[Todo]:
    withdrawn = [line for line in lines if line.withdrawn and line.state is State.FOLLOWED][:LISTED]
    todos = [
        _named(
            Urgency.WAITING,
            line,
            f"Accord retiré pour {NAME}",
            "Rien ne peut plus être écrit. Demandez un nouvel accord, ou terminez le parcours.",
            "Ouvrir le dossier",
            "pathways.show",
        )
        for line in withdrawn
    ]
    missing = [line for line in lines if line.state is State.AGREEMENT]
    if len(missing) > FEW:
        oldest = min(line.received_on for line in missing)
        detail = f"Accords à demander. La plus ancienne situation est du {short_date(oldest)}."
        title = f"{plural(len(missing), 'situation')} sans accord d’un représentant légal"
        return [*todos, _many(Urgency.MISSING, title, detail, {"etat": State.AGREEMENT.value})]
    return todos + [
        _named(
            Urgency.MISSING,
            line,
            f"Accord des parents de {NAME}",
            f"Situation reçue le {short_date(line.received_on)}.",
            "Inscrire l’accord",
            "pathways.consent",
        )
        for line in missing
    ]


def _meetings(meetings: Sequence[Meeting], today: date) -> list[Todo]:
    return [
        Todo(
            Urgency.LATE if held.held_on < today else Urgency.WAITING,
            french(f"Réunion du {short_date(held.held_on)} : {plural(held.undecided, 'décision')} à inscrire"),
            "Une décision par situation, puis le compte rendu.",
            "Ouvrir la réunion",
            "pathways.meeting",
            {"meeting_id": held.id},
        )
        for held in meetings
        if held.held_on <= today and held.undecided
    ]


def _decisions(lines: Sequence[Line], today: date) -> list[Todo]:
    waiting = [line for line in lines if line.state is State.DECISION]
    late = [line for line in waiting if line.received_on < today - DECISION_DELAY]
    recent = [line for line in waiting if line not in late]
    todos: list[Todo] = []
    for urgency, some in ((Urgency.LATE, late), (Urgency.WAITING, recent)):
        if len(some) > FEW:
            detail = f"La plus ancienne est du {short_date(min(line.received_on for line in some))}."
            title = f"{plural(len(some), 'situation')} en attente de décision"
            todos.append(_many(urgency, title, detail, {"etat": State.DECISION.value, "tri": "reception"}))
            continue
        for line in some:
            detail = (
                f"Reçue le {short_date(line.received_on)}, il y a {plural((today - line.received_on).days, 'jour')}."
            )
            title = f"Décision de l’équipe pour {NAME}"
            todos.append(_named(urgency, line, title, detail, "Inscrire la décision", "pathways.decide"))
    return todos


def _openings(lines: Sequence[Line]) -> list[Todo]:
    decided = [line for line in lines if line.state is State.START]
    if len(decided) > FEW:
        title = f"{len(decided)} parcours à ouvrir"
        detail = "L’équipe les a décidés : il reste à choisir qui suit chaque enfant."
        return [_many(Urgency.WAITING, title, detail, {"etat": State.START.value, "tri": "reception"})]
    return [
        _named(
            Urgency.WAITING,
            line,
            f"Parcours de {NAME} à ouvrir",
            "L’équipe l’a décidé : il reste à choisir qui suit l’enfant.",
            "Ouvrir le parcours",
            "pathways.start",
        )
        for line in decided
    ]


def _next_steps(lines: Sequence[Line], today: date) -> list[Todo]:
    due = sorted((line for line in lines if is_due(line, today)), key=lambda line: line.next_on or today)
    if len(due) > FEW:
        detail = f"La plus ancienne était pour le {short_date(due[0].next_on)}."
        return [_many(Urgency.LATE, f"{len(due)} suites à donner", detail, {"vue": ReadyView.DUE.value})]
    return [
        _named(
            Urgency.LATE if line.next_on and line.next_on < today else Urgency.WAITING,
            line,
            f"Suite à donner pour {NAME}",
            f"Prévue pour le {short_date(line.next_on)}.",
            "Ouvrir le dossier",
            "pathways.show",
        )
        for line in due
    ]


def _silences(lines: Sequence[Line], actor: Actor, setting: FollowUpSetting, today: date) -> list[Todo]:
    silent = [line for line in lines if is_silent(line, today, setting.silence_days)]
    if not silent:
        return []
    own = sum(line.referent_id == actor.member_id for line in silent)
    detail = f"Dont {own} suivis par vous." if own and own < len(silent) else "Une note suffit à donner des nouvelles."
    title = f"{plural(len(silent), 'enfant')} sans contact depuis {setting.silence_days} jours"
    return [_many(Urgency.MISSING, title, detail, {"vue": ReadyView.SILENT.value, "tri": "note"})]


def _too_long(lines: Sequence[Line], setting: FollowUpSetting, today: date) -> list[Todo]:
    """Pathways past the end that was expected, or past the usual length when nobody said."""
    over = [line for line in lines if is_too_long(line, today, setting.usual_months)]
    if len(over) > FEW:
        oldest = min(line.started_on for line in over if line.started_on)
        detail = (
            f"Au-delà de la fin prévue, ou de {setting.usual_months} mois. Le plus ancien date du {short_date(oldest)}."
        )
        title = f"{len(over)} parcours au-delà de leur durée"
        return [_many(Urgency.WAITING, title, detail, {"vue": ReadyView.LONG.value, "tri": "debut"})]
    return [
        _named(
            Urgency.WAITING,
            line,
            f"Parcours de {NAME} au-delà de sa durée",
            f"Ouvert le {short_date(line.started_on)}. Fixez une fin, ou terminez-le.",
            "Fixer la fin",
            "pathways.review",
        )
        for line in over
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


def _reviews(lines: Sequence[Line], today: date) -> list[Todo]:
    passed = [
        line for line in lines if line.state is State.FOLLOWED and line.review_on is not None and line.review_on < today
    ]
    if len(passed) > FEW:
        oldest = min(line.review_on for line in passed if line.review_on)
        title = f"{plural(len(passed), 'bilan dépassé', 'bilans dépassés')}"
        detail = f"Le plus ancien était prévu le {short_date(oldest)}."
        return [_many(Urgency.LATE, title, detail, {"etat": State.FOLLOWED.value, "tri": "bilan"})]
    return [
        _named(
            Urgency.LATE,
            line,
            f"Bilan de {NAME}",
            f"Prévu le {short_date(line.review_on)}. Suivi par {line.referent}.",
            "Faire le bilan",
            "pathways.domain_review",
        )
        for line in passed
    ]


def _named(urgency: Urgency, line: Line, title: str, detail: str, label: str, endpoint: str) -> Todo:
    return Todo(urgency, title, detail, label, endpoint, {"situation_id": line.situation_id})


def _many(urgency: Urgency, title: str, detail: str, values: dict[str, int | str]) -> Todo:
    return Todo(urgency, title, detail, "Voir la liste", "pathways.index", values)
