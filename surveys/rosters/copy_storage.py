"""The complete copy of what is kept about a person of a cohort, where everybody else is masked."""

from collections.abc import Iterator
from datetime import date

from impact.audit import Actor, Deed, write
from impact.communities.storage import member_names
from impact.db import EncryptedDatabase
from impact.exceptions import NotFound
from impact.identities import identities
from impact.protection.copy_storage import MASKED, Section
from impact.protection.rules import check_copy, check_release, masked_text
from impact.protection.vocabulary import Requester
from impact.wording import number, short_date
from surveys.answer_files import columns, table
from surveys.answer_storage import answers_by_response
from surveys.rosters.cohort_storage import list_people
from surveys.rosters.invitation_storage import link_secret
from surveys.rosters.records import Cohort, Person, PersonCopy
from surveys.rosters.rules import person_hash
from surveys.rosters.vocabulary import Public
from surveys.tables import Cell

Line = list[tuple[str, str, str]]


def ask_copy(db: EncryptedDatabase, actor: Actor, copy: PersonCopy, today: date, once: str = "") -> int:
    """Prepare the copy that a person or her family asked for; raises Refused for a day to come."""
    check_copy(copy.received_on, today)
    with write(db, actor, once) as log:
        added = db.insert_row(
            "INSERT INTO cohort_copy (person_id, requester, identity_checked, received_on, asked_by)"
            " VALUES (?, ?, ?, ?, ?)",
            (copy.person_id, copy.requester.value, copy.identity_checked, copy.received_on.isoformat(), copy.asked_by),
        )
        log.note(Deed.CREATE, "cohort_copy", added)
    return added


def release_copy(db: EncryptedDatabase, actor: Actor, copy: PersonCopy, today: date, once: str = "") -> None:
    """Let it be handed over; raises Refused for the person who prepared it."""
    with write(db, actor, once) as log:
        stored = get_copy(db, copy.person_id, copy.id)
        check_release(stored.released_on, stored.asked_by, actor.member_id)
        db.execute(
            "UPDATE cohort_copy SET released_by = ?, released_on = ?, version = version + 1 WHERE id = ?",
            (actor.member_id, today.isoformat(), copy.id),
        )
        log.note(Deed.SHARE, "cohort_copy", copy.id)


def list_copies(db: EncryptedDatabase, person_id: int) -> list[PersonCopy]:
    """The latest first."""
    names = member_names(db)
    return [
        PersonCopy(
            row["person_id"],
            Requester(row["requester"]),
            row["identity_checked"],
            date.fromisoformat(row["received_on"]),
            row["asked_by"],
            names.get(row["asked_by"], ""),
            names.get(row["released_by"], ""),
            date.fromisoformat(row["released_on"]) if row["released_on"] else None,
            row["id"],
        )
        for row in db.rows("SELECT * FROM cohort_copy WHERE person_id = ? ORDER BY id DESC", (person_id,))
    ]


def get_copy(db: EncryptedDatabase, person_id: int, copy_id: int) -> PersonCopy:
    """Raises NotFound when it is not about this person."""
    found = next((copy for copy in list_copies(db, person_id) if copy.id == copy_id), None)
    if found is None:
        raise NotFound
    return found


def copy_of(db: EncryptedDatabase, cohort: Cohort, person: Person) -> list[Section]:
    """Everything that is kept about her, answers that serve no result included; other people are masked."""
    others = _others(db, cohort, person)
    sections = [
        Section("Identité et coordonnées", "identity", [_identity(db, person)]),
        Section("Suivi dans la cohorte", "cohort_person", [_steps(cohort, person)]),
        Section("Personnes qui répondent", "cohort_respondent", [_respondents(person)]),
        Section("Invitations", "wave_invitation", list(_invitations(db, cohort, person))),
        *_answers(db, cohort, person, others),
        Section("Copies demandées", "cohort_copy", [_asked(copy) for copy in list_copies(db, person.id)]),
    ]
    return [section for section in sections if any(section.rows)]


def _identity(db: EncryptedDatabase, person: Person) -> Line:
    known = identities(db, [person.identity_id])[person.identity_id]
    told = [
        ("Nom", "name", known.full_name),
        ("Adresse électronique", "email", known.email),
        ("Téléphone", "phone", known.phone),
    ]
    return [each for each in told if each[2]]


def _steps(cohort: Cohort, person: Person) -> Line:
    days = [
        ("Repéré le", "spotted_on", person.spotted_on),
        ("A commencé le", "started_on", person.started_on),
        ("A terminé le", "completed_on", person.completed_on),
        ("N’est plus suivi depuis le", "lost_on", person.lost_on),
        ("Rien ne lui est demandé depuis le", "restricted_on", person.restricted_on),
    ]
    told = [(label, name, short_date(day)) for label, name, day in days if day]
    loss = [("Raison", "loss", person.loss.label)] if person.loss else []
    where = [("Repéré où", "spotted_at", person.spotted_at.label)]
    return [("Cohorte", "cohort_id", cohort.title), *where, *told, *loss]


def _respondents(person: Person) -> Line:
    own = (Public.CHILD, person.name)
    return [
        (public.label, public.value, name if (public, name) == own else MASKED)
        for public, name in person.respondents.items()
    ]


def _invitations(db: EncryptedDatabase, cohort: Cohort, person: Person) -> Iterator[Line]:
    titles = {each.wave.id: each.wave.title for each in cohort.waves}
    for row in db.rows("SELECT * FROM wave_invitation WHERE person_id = ? ORDER BY id", (person.id,)):
        days = [("Invitation envoyée le", "invited_on"), ("Dernière relance le", "reminded_on")]
        told = [(label, name, short_date(date.fromisoformat(row[name]))) for label, name in days if row[name]]
        answered = ("Réponse reçue", "answered", "Oui" if row["answered"] else "Non")
        yield [("Questionnaire", "wave_id", titles.get(row["wave_id"], "")), *told, answered]


def _answers(db: EncryptedDatabase, cohort: Cohort, person: Person, others: set[str]) -> Iterator[Section]:
    joined = person_hash(link_secret(db), cohort.id, f"person:{person.id}")
    rows = db.rows(
        "SELECT response.id, wave_id FROM response JOIN followed_response ON response_id = response.id WHERE person = ?",
        (joined,),
    )
    hers = {row["wave_id"]: row["id"] for row in rows}
    for each in cohort.waves:
        if each.wave.id in hers:
            asked = each.wave.questionnaire
            said = answers_by_response(db, each.wave.id)[hers[each.wave.id]]
            cells = table(asked, [said], labels=True)[1][0][1:]
            line = [
                (column.text, column.name, masked_text(_words(cell), others))
                for column, cell in zip(columns(asked), cells, strict=True)
                if cell is not None
            ]
            yield Section(f"Réponses : {each.wave.title}", f"answer_{each.wave.id}", [line])


def _asked(copy: PersonCopy) -> Line:
    told = [
        ("Demandée par", "requester", copy.requester.label),
        ("Demande reçue le", "received_on", short_date(copy.received_on)),
        ("Préparée par", "asked_by", MASKED),
    ]
    return [*told, ("Remise le", "released_on", short_date(copy.released_on))] if copy.released_on else told


def _others(db: EncryptedDatabase, cohort: Cohort, person: Person) -> set[str]:
    """Names of everybody else in the cohort and of the members, those who left included, as they may be written."""
    people = list_people(db, cohort.id)
    named = {name for each in people for name in (each.name, each.listed_name, *each.respondents.values())}
    return named.union(member_names(db).values()) - {person.name, person.listed_name}


def _words(cell: Cell) -> str:
    if isinstance(cell, date):
        return short_date(cell)
    return number(cell, 0 if float(cell).is_integer() else 2) if isinstance(cell, int | float) else str(cell)
