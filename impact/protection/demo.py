"""Old files at the end of their time, an archive, an emergency opening, a restriction, a copy that is asked for."""

from datetime import UTC, date, datetime, time, timedelta

from impact.accounts.access import FieldClass
from impact.audit import Actor, Deed, write
from impact.communities.storage import list_members
from impact.db import EncryptedDatabase
from impact.identities import Identity
from impact.pathways.file_storage import get_file
from impact.pathways.line_storage import list_lines
from impact.pathways.pathway_storage import end_pathway, start_pathway
from impact.pathways.records import Consent, Decision, Exit, Line, Objective, Situation
from impact.pathways.storage import add_consent, add_decision, add_situation
from impact.pathways.vocabulary import Means, ObjectiveResult, Outcome, Relation, Sex, State
from impact.protection.copy_storage import ask_copy
from impact.protection.records import FileCopy, Restriction
from impact.protection.restriction_storage import save_restriction
from impact.protection.retention_storage import archive_files
from impact.protection.urgent_storage import open_urgently
from impact.protection.vocabulary import Requester

OLD = (
    ("Saule", "Véronique-des-Prés", Sex.GIRL, 1180),
    ("Orage", "Alcide", Sex.BOY, 1090),
    ("Brindille", "Maëlle", Sex.GIRL, 1010),
)
ARCHIVED = "Le service des archives demande de garder un dossier sur dix de cette année."
REASON = "La directrice appelle : l’enfant n’est pas rentré et la référente est absente."


def fill(db: EncryptedDatabase, actor: Actor, today: date) -> None:
    """Everything that protection shows, on files of its own or of the demonstration."""
    with write(db, actor) as log:
        log.note(Deed.CREATE, "child_file")
        old = [_old_file(db, actor, today, *told) for told in OLD]
        archived = get_file(db, old[0]).situation.child_id
        archive_files(db, actor, [archived], today + timedelta(700), ARCHIVED, today)
        members = {member.name: member for member in list_members(db)}
        basile, amina = members["Basile Tournelac"], members["Amina Vertefeuille"]
        followed = [line for line in list_lines(db, today) if line.state is State.FOLLOWED]
        others = [line for line in followed if line.referent_id not in (basile.id, amina.id)]
        _open(db, Actor(basile.account_ref or "", "referent", basile.id), others[0], today)
        restriction = Restriction(
            others[1].child_id,
            "Ondin Cascade, père",
            "Jugement du juge aux affaires familiales : l’adresse ne lui est pas communiquée.",
            today - timedelta(90),
        )
        save_restriction(db, actor, others[1].situation_id, restriction, today)
        mine = next(line for line in followed if line.referent_id == basile.id)
        asked = today - timedelta(6)
        copy = FileCopy(mine.child_id, mine.situation_id, Requester.PARENT, "Personne connue.", asked, basile.id)
        ask_copy(db, actor, copy, today)


def _open(db: EncryptedDatabase, basile: Actor, line: Line, today: date) -> None:
    moment = datetime.combine(today - timedelta(1), time(15, 10), UTC)
    open_urgently(db, basile, get_file(db, line.situation_id).situation.child, REASON, moment)


def _old_file(db: EncryptedDatabase, actor: Actor, today: date, family: str, given: str, sex: Sex, days: int) -> int:
    """A pathway that ended more than two years ago."""
    received = today - timedelta(days)
    child = Identity(family, given, date(received.year - 8, 4, 12))
    situation = Situation(child, sex, received, "school", ("confidence",), "L’école demande un appui.")
    added = add_situation(db, actor, situation, today)
    scope = frozenset({FieldClass.SCHOOL, FieldClass.SOCIAL})
    agreed = Consent(
        Identity(family, "Ombeline"), Relation.MOTHER, received + timedelta(4), Means.WRITTEN, scope, "Formulaire, 2022"
    )
    add_consent(db, actor, added, agreed, today)
    add_decision(db, actor, added, Decision(received + timedelta(15), Outcome.PATHWAY), today)
    members = list_members(db)
    objective = Objective("Oser parler en classe", "Ne répond pas quand on l’interroge")
    start_pathway(db, actor, added, received + timedelta(20), None, members[0].id, [objective], today)
    pathway = get_file(db, added).pathway
    assert pathway is not None
    results = {known.id: ObjectiveResult.REACHED for known in pathway.objectives}
    end_pathway(db, actor, added, Exit(received + timedelta(200), "reached", "", results), today)
    return added
