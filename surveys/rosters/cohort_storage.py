"""Cohorts, the people in them and their waves: every statement about them."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase, Row
from impact.exceptions import Conflict, NotFound, Refused
from impact.identities import Identity, add_identity, identities
from impact.wording import number, sort_key
from surveys.records import Questionnaire
from surveys.rosters.invitation_storage import add_link, count_invited
from surveys.rosters.records import Cohort, CohortWave, Family, Listed, Milestones, NewMoment, Person
from surveys.rosters.rules import check_milestones, check_outcome
from surveys.rosters.vocabulary import Loss, Public, Recognition, SpottedAt
from surveys.rules import state_on
from surveys.storage import list_waves, open_wave
from surveys.vocabulary import WaveState

_COHORTS = (
    "SELECT cohort.*, (SELECT count(*) FROM cohort_person WHERE cohort_id = cohort.id) AS people FROM cohort"
    " ORDER BY id DESC"
)


def add_cohort(db: EncryptedDatabase, actor: Actor, title: str, recognition: Recognition, once: str = "") -> int:
    """Store an empty cohort and give its id."""
    with write(db, actor, once) as log:
        added = db.insert_row("INSERT INTO cohort (title, recognition) VALUES (?, ?)", (title, recognition.value))
        if actor.member_id:
            db.execute("INSERT INTO cohort_team (cohort_id, member_id) VALUES (?, ?)", (added, actor.member_id))
        log.note(Deed.CREATE, "cohort", added)
    return added


def list_cohorts(db: EncryptedDatabase) -> list[Cohort]:
    """The latest first, each with its waves in the order of moments, then of publics."""
    known = {wave.id: wave for wave in list_waves(db)}
    order = list(Public)
    waves: dict[int, list[CohortWave]] = {}
    for row in db.rows("SELECT * FROM cohort_wave ORDER BY moment, wave_id"):
        each = CohortWave(row["moment"], Public(row["public"]), bool(row["resend"]), known[row["wave_id"]])
        waves.setdefault(row["cohort_id"], []).append(each)
    for found in waves.values():
        found.sort(key=lambda each: (each.moment, order.index(each.public)))
    return [_cohort(row, waves.get(row["id"], [])) for row in db.rows(_COHORTS)]


def get_cohort(db: EncryptedDatabase, cohort_id: int) -> Cohort:
    """Raises NotFound."""
    for cohort in list_cohorts(db):
        if cohort.id == cohort_id:
            return cohort
    raise NotFound


def set_outcome(
    db: EncryptedDatabase,
    actor: Actor,
    cohort: Cohort,
    outcome: str,
    smallest: float,
    version_read: int,
    once: str = "",
) -> None:
    """What is announced before the answers; raises Refused once there are some, or Conflict."""
    check_outcome(cohort)
    with write(db, actor, once) as log:
        if not db.changed(
            "UPDATE cohort SET outcome = ?, smallest = ?, version = version + 1 WHERE id = ? AND version = ?",
            (outcome, smallest, cohort.id, version_read),
        ):
            now = get_cohort(db, cohort.id)
            raise Conflict({"outcome": now.outcome, "smallest": number(now.smallest, 2)}, now.version)
        log.note(Deed.CHANGE, "cohort", cohort.id, ["outcome", "smallest"])


def add_people(
    db: EncryptedDatabase,
    actor: Actor,
    cohort: Cohort,
    families: Sequence[Family],
    today: date,
    once: str = "",
    spotted_on: date | None = None,
    spotted_at: SpottedAt = SpottedAt.UNKNOWN,
) -> list[int]:
    """Store children and those who answer about them; they get links to the first moment while it is not over."""
    known: dict[Listed, int] = {}
    first = [each for each in cohort.waves if each.moment == 1 and state_on(each.wave, today) is not WaveState.CLOSED]
    with write(db, actor, once) as log:
        spotted = Milestones(spotted_on or today, spotted_at=spotted_at)
        people = [_add_person(db, cohort.id, family, known, spotted) for family in families]
        for each in first:
            _invite(db, each.wave.id, cohort.id, each.public, people)
        log.note(Deed.CREATE, "cohort_person", cohort.id)
    return people


def open_moment(
    db: EncryptedDatabase,
    actor: Actor,
    cohort: Cohort,
    questionnaire: Questionnaire,
    new: NewMoment,
    today: date,
    once: str = "",
) -> int:
    """Open a wave of the cohort with a personal link for everyone still followed; raises Refused when it exists."""
    if any((each.moment, each.public) == (new.moment, new.public) for each in cohort.waves):
        raise Refused("Ce public a déjà un questionnaire à ce moment-là.", "public")
    with write(db, actor, once) as log:
        added = open_wave(db, actor, questionnaire, new.wave, today)
        db.execute(
            "INSERT INTO cohort_wave (wave_id, cohort_id, moment, public, resend) VALUES (?, ?, ?, ?, ?)",
            (added, cohort.id, new.moment, new.public.value, int(new.resend)),
        )
        if cohort.recognition is Recognition.LIST:
            entered = _invited_first(db, cohort, new.public)
            _invite(db, added, cohort.id, new.public, entered or None)
        log.note(Deed.CREATE, "wave", added)
    return added


def list_people(db: EncryptedDatabase, cohort_id: int) -> list[Person]:
    """In alphabetical order, with the names of those who answer about each."""
    rows = db.rows("SELECT * FROM cohort_person WHERE cohort_id = ?", (cohort_id,))
    others = db.rows(
        "SELECT cohort_respondent.* FROM cohort_respondent JOIN cohort_person ON cohort_person.id = person_id"
        " WHERE cohort_id = ?",
        (cohort_id,),
    )
    known = identities(db, [row["identity_id"] for row in (*rows, *others)])
    respondents: dict[int, dict[Public, str]] = {}
    for row in others:
        name = known[row["identity_id"]].full_name
        respondents.setdefault(row["person_id"], {})[Public(row["public"])] = name
    found = [_person(row, known[row["identity_id"]], respondents.get(row["id"], {})) for row in rows]
    return sorted(found, key=lambda person: sort_key(person.listed_name))


def get_person(db: EncryptedDatabase, cohort_id: int, person_id: int) -> Person:
    """Raises NotFound."""
    for person in list_people(db, cohort_id):
        if person.id == person_id:
            return person
    raise NotFound


def change_person(
    db: EncryptedDatabase, actor: Actor, person: Person, days: Milestones, version_read: int, once: str = ""
) -> None:
    """The days of her programme; lost, her unused links die. Raises Refused, or Conflict."""
    check_milestones(days)
    with write(db, actor, once) as log:
        if not db.changed(
            "UPDATE cohort_person SET spotted_on = ?, started_on = ?, completed_on = ?, lost_on = ?, loss = ?,"
            " spotted_at = ?, version = version + 1 WHERE id = ? AND version = ?",
            (*_days(days), days.spotted_at.value, person.id, version_read),
        ):
            raise Conflict({}, get_person(db, person.cohort_id, person.id).version)
        if days.lost_on:
            db.execute("UPDATE wave_invitation SET revoked = 1 WHERE person_id = ? AND NOT answered", (person.id,))
        log.note(
            Deed.CHANGE,
            "cohort_person",
            person.id,
            ["spotted_on", "spotted_at", "started_on", "completed_on", "lost_on"],
        )


def set_days(db: EncryptedDatabase, person_id: int, days: Milestones) -> None:
    """The same without a version, inside a `write`; where she was spotted stays."""
    db.execute(
        "UPDATE cohort_person SET spotted_on = ?, started_on = ?, completed_on = ?, lost_on = ?, loss = ? WHERE id = ?",
        (*_days(days), person_id),
    )


def spotted_on(db: EncryptedDatabase, person_id: int) -> date:
    """The day on which a person entered her cohort; raises NotFound."""
    found = db.value("SELECT spotted_on FROM cohort_person WHERE id = ?", (person_id,))
    if found is None:
        raise NotFound
    return date.fromisoformat(found)


def followed_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """Columns: cohort_id, moment, public, wave_id, person (1 to n in the cohort), response_id (as in `answer_frame`).

    One row per answer that is joined to a person. `person` says nothing outside this frame.
    """
    rows = db.rows(
        "SELECT cohort_id, moment, public, response.wave_id, person, response.id AS stored FROM followed_response"
        " JOIN counted_response AS response ON response.id = response_id JOIN cohort_wave ON cohort_wave.wave_id = response.wave_id"
        " ORDER BY person"
    )
    frame = pd.DataFrame(rows, columns=["cohort_id", "moment", "public", "wave_id", "person", "stored"])
    stored = pd.DataFrame(
        db.rows(
            "SELECT id AS stored, row_number() OVER (PARTITION BY wave_id ORDER BY id) AS response_id"
            " FROM counted_response"
            " WHERE wave_id IN (SELECT wave_id FROM cohort_wave)"
        ),
        columns=["stored", "response_id"],
    )
    numbers = frame.groupby("cohort_id")["person"].transform(lambda known: pd.factorize(known)[0] + 1)
    found = frame.assign(person=numbers).merge(stored, on="stored").drop(columns="stored")
    whole = dict.fromkeys(("cohort_id", "moment", "wave_id", "person", "response_id"), "int64")
    return found.astype({**whole, "public": "string"})


def cohort_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per wave of a cohort: cohort_id, outcome, smallest (NA when not announced), moment, public, wave_id,
    invited (NA for an open link), people (of the cohort's list)."""
    rows = [
        {
            "cohort_id": cohort.id,
            "outcome": cohort.outcome,
            "smallest": cohort.smallest,
            "moment": each.moment,
            "public": each.public.value,
            "wave_id": each.wave.id,
            "invited": each.wave.invited,
            "people": cohort.people,
        }
        for cohort in reversed(list_cohorts(db))
        for each in cohort.waves
    ]
    columns = ["cohort_id", "outcome", "smallest", "moment", "public", "wave_id", "invited", "people"]
    whole = dict.fromkeys(("cohort_id", "moment", "wave_id", "people"), "int64")
    texts = dict.fromkeys(("outcome", "public"), "string")
    return pd.DataFrame(rows, columns=columns).astype({**whole, **texts, "smallest": "Float64", "invited": "Int64"})


def person_numbers(db: EncryptedDatabase, wave_id: int) -> list[int | None]:
    """The number of each person who answered, alike in every wave of the cohort; None for an answer joined to nobody.

    In the order of stored ids.
    """
    frame = followed_frame(db)
    known = frame[frame["wave_id"] == wave_id].set_index("response_id")["person"].to_dict()
    count = int(db.value("SELECT count(*) FROM counted_response WHERE wave_id = ?", (wave_id,)))
    return [known.get(place) for place in range(1, count + 1)]


def loss_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """Columns: cohort_id, loss (a code), lost_on (ISO day): one row per person no longer followed."""
    rows = db.rows("SELECT cohort_id, loss, lost_on FROM cohort_person WHERE lost_on IS NOT NULL ORDER BY lost_on, id")
    return pd.DataFrame(rows, columns=["cohort_id", "loss", "lost_on"]).astype(
        {"cohort_id": "int64", "loss": "string", "lost_on": "string"}
    )


def _invited_first(db: EncryptedDatabase, cohort: Cohort, public: Public) -> list[int]:
    """Who entered the cohort for this public: those who come later have no beginning to compare with."""
    first = next((each.wave.id for each in cohort.waves if each.public is public), None)
    rows = db.rows("SELECT person_id FROM wave_invitation WHERE wave_id = ? ORDER BY person_id", (first,))
    return [row["person_id"] for row in rows]


def _invite(
    db: EncryptedDatabase, wave_id: int, cohort_id: int, public: Public, only: Sequence[int] | None = None
) -> None:
    rows = db.rows(
        "SELECT cohort_respondent.* FROM cohort_respondent JOIN cohort_person ON cohort_person.id = person_id"
        " WHERE cohort_id = ? AND public = ? AND lost_on IS NULL AND restricted_on IS NULL AND erased_on IS NULL ORDER BY person_id",
        (cohort_id, public.value),
    )
    for row in rows:
        if only is None or row["person_id"] in only:
            add_link(db, wave_id, public, row["identity_id"], row["person_id"])
    count_invited(db, wave_id)


def _add_person(
    db: EncryptedDatabase, cohort_id: int, family: Family, known: dict[Listed, int], spotted: Milestones
) -> int:
    identity = _add_identity(db, family.child)
    added = db.insert_row(
        "INSERT INTO cohort_person (cohort_id, identity_id, spotted_on, spotted_at) VALUES (?, ?, ?, ?)",
        (cohort_id, identity, spotted.spotted_on.isoformat(), spotted.spotted_at.value),
    )
    respondents = [(Public.CHILD, identity)]
    for public, listed in family.others:
        if listed not in known:
            known[listed] = _add_identity(db, listed)
        respondents.append((public, known[listed]))
    for public, respondent in respondents:
        db.execute(
            "INSERT INTO cohort_respondent (person_id, public, identity_id) VALUES (?, ?, ?)",
            (added, public.value, respondent),
        )
    return added


def _add_identity(db: EncryptedDatabase, listed: Listed) -> int:
    return add_identity(db, Identity(listed.family_name, listed.given_name, None, listed.email, listed.phone))


def _days(days: Milestones) -> tuple[str | None, ...]:
    written = [
        day.isoformat() if day else None for day in (days.spotted_on, days.started_on, days.completed_on, days.lost_on)
    ]
    return (*written, days.loss.value if days.loss else None)


def _cohort(row: Row, waves: Sequence[CohortWave]) -> Cohort:
    return Cohort(
        id=row["id"],
        title=row["title"],
        recognition=Recognition(row["recognition"]),
        outcome=row["outcome"],
        smallest=row["smallest"],
        people=row["people"],
        version=row["version"],
        keep_months=row["keep_months"],
        waves=tuple(waves),
    )


def _person(row: Row, identity: Identity, respondents: dict[Public, str]) -> Person:
    return Person(
        id=row["id"],
        cohort_id=row["cohort_id"],
        identity_id=row["identity_id"],
        name=identity.full_name,
        listed_name=identity.listed_name,
        spotted_on=date.fromisoformat(row["spotted_on"]),
        spotted_at=SpottedAt(row["spotted_at"]),
        started_on=_day(row["started_on"]),
        completed_on=_day(row["completed_on"]),
        lost_on=_day(row["lost_on"]),
        loss=Loss(row["loss"]) if row["loss"] else None,
        version=row["version"],
        respondents=respondents,
        restricted_on=_day(row["restricted_on"]),
        erased_on=_day(row["erased_on"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
