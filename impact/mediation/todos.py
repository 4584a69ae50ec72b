"""What « À faire » says about mediation."""

from datetime import date

from impact.accounts.access import Action, may
from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.mediation import activity_storage, storage
from impact.mediation.rules import ASKED_BACK, missing_weeks, without_committee
from impact.navigation import Todo, Urgency
from impact.wording import join_words, plural

MOST_NAMED = 3


def mediation_todos(db: EncryptedDatabase, actor: Actor, today: date) -> list[Todo]:
    """The weeks that a mediator did not fill; for whoever runs mediation, sites without a committee for a year."""
    postings = storage.list_postings(db)
    if not postings or actor.member_id is None or not may(actor, Action.LOG_MEDIATION):
        return []
    said, closures = activity_storage.said_weeks(db), storage.list_closures(db)
    weeks = [
        (posting.member_id, week)
        for posting in postings
        for week in missing_weeks(
            posting, closures, {day for known, day in said if known == posting.id}, today - ASKED_BACK, today
        )
    ]
    mine = sum(member_id == actor.member_id for member_id, _ in weeks)
    return _own(mine) + (_team(db, weeks, today) if may(actor, Action.RUN_MEDIATION) else [])


def _own(mine: int) -> list[Todo]:
    if not mine:
        return []
    title = f"{plural(mine, 'semaine')} de médiation sans réponse"
    detail = "Vous n’y avez rien noté : dites si vous étiez là."
    return [Todo(Urgency.MISSING, title, detail, "Répondre", "mediation.weeks")]


def _team(db: EncryptedDatabase, weeks: list[tuple[int, date]], today: date) -> list[Todo]:
    found = []
    if weeks:
        people = len({member_id for member_id, _ in weeks})
        detail = f"{plural(people, 'médiateur')} : ces semaines ne comptent ni comme zéro, ni comme présence."
        title = f"{plural(len(weeks), 'semaine')} de site sans réponse"
        found.append(Todo(Urgency.MISSING, title, detail, "Voir l’année", "mediation.index"))
    late = without_committee(storage.list_sites(db), storage.last_committees(db), today)
    if late:
        named = [site.name for site in late[:MOST_NAMED]]
        rest = len(late) - len(named)
        detail = join_words([*named, plural(rest, "autre")] if rest else named)
        title = f"{plural(len(late), 'site')} sans comité de suivi depuis un an"
        found.append(Todo(Urgency.LATE, title, f"{detail}.", "Ajouter une réunion", "cooperation.add_meeting"))
    return found
