"""Rounds of self-assessment, answers, and what the data showed."""

from collections.abc import Mapping, Sequence
from datetime import date

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase, IntegrityError, Row
from impact.exceptions import NotAllowed, NotFound, Refused
from impact.figures import Figure, FigureState, latest_figures
from impact.plans.condition_rules import check_answers
from impact.plans.records import Answer, Measurement, Round
from impact.plans.rules import all_steps, is_shared, kept
from impact.plans.storage import get_roadmap
from impact.plans.time_rules import year_before
from impact.plans.time_storage import list_time
from impact.plans.vocabulary import Condition, Level, Measure, StepState
from impact.vocabulary import Audience

WORKSHOPS_HELD = ("participation.workshops_held", "")
MEETINGS_HELD = ("cooperation.meetings_held", "")
LINKS_MADE = ("cooperation.realisation", "")
_ROUNDS = (
    "SELECT condition_round.*, count(DISTINCT member_id) AS respondents FROM condition_round"
    " LEFT JOIN condition_answer ON round_id = condition_round.id WHERE (:id IS NULL OR condition_round.id = :id)"
    " GROUP BY condition_round.id ORDER BY condition_round.id DESC"
)


def open_round(db: EncryptedDatabase, actor: Actor, day: date, once: str = "") -> int:
    """Give the id; raises Refused while another round is open."""
    try:
        with write(db, actor, once) as log:
            added = db.insert_row("INSERT INTO condition_round (opened_on) VALUES (?)", (day.isoformat(),))
            log.note(Deed.CREATE, "condition_round", added)
    except IntegrityError:
        raise Refused("Un tour est déjà ouvert : fermez-le avant d’en ouvrir un autre.") from None
    return added


def close_round(db: EncryptedDatabase, actor: Actor, round_id: int, day: date, once: str = "") -> None:
    """Answers stop, what the data show that day is kept; raises Refused when it is closed or nobody answered."""
    with write(db, actor, once) as log:
        known = get_round(db, round_id)
        _check_open(known)
        if not known.respondents:
            raise Refused("Personne n’a encore répondu : ce tour n’aurait rien à montrer.")
        db.execute("UPDATE condition_round SET closed_on = ? WHERE id = ?", (day.isoformat(), round_id))
        for found in measure(db, day).values():
            db.execute(
                "INSERT INTO condition_measure (round_id, measure, value, base) VALUES (?, ?, ?, ?)",
                (round_id, found.measure.value, found.value, found.base),
            )
        log.note(Deed.CHANGE, "condition_round", round_id, ["closed_on"])


def record_answers(
    db: EncryptedDatabase, actor: Actor, round_id: int, answers: Sequence[Answer], once: str = ""
) -> None:
    """Replace what this member said in an open round; raises Refused on a closed one or an empty answer."""
    check_answers(answers)
    if actor.member_id is None:
        raise NotAllowed("Seules les personnes de l’annuaire répondent.")
    with write(db, actor, once) as log:
        _check_open(get_round(db, round_id))
        db.execute("DELETE FROM condition_answer WHERE round_id = ? AND member_id = ?", (round_id, actor.member_id))
        for answer in answers:
            db.execute(
                "INSERT INTO condition_answer (round_id, member_id, condition, level, evidence) VALUES (?, ?, ?, ?, ?)",
                (round_id, actor.member_id, answer.condition.value, answer.level.value, answer.evidence),
            )
        log.note(Deed.CHANGE, "condition_answer", round_id, [answer.condition.value for answer in answers])


def get_round(db: EncryptedDatabase, round_id: int) -> Round:
    """Raises NotFound."""
    row = db.row(_ROUNDS, {"id": round_id})
    if row is None:
        raise NotFound
    return _round(row)


def list_rounds(db: EncryptedDatabase) -> list[Round]:
    """The latest first."""
    return [_round(row) for row in db.rows(_ROUNDS, {"id": None})]


def find_open_round(db: EncryptedDatabase) -> Round | None:
    """The round that takes answers."""
    return next((known for known in list_rounds(db) if known.closed_on is None), None)


def list_answers(db: EncryptedDatabase, round_id: int, member_id: int | None = None) -> list[Answer]:
    """Everybody's, without names, or one member's."""
    rows = db.rows(
        "SELECT condition, level, evidence FROM condition_answer"
        " WHERE round_id = :round AND (:member IS NULL OR member_id = :member) ORDER BY condition, level, evidence",
        {"round": round_id, "member": member_id},
    )
    return [Answer(Condition(row["condition"]), Level(row["level"]), row["evidence"]) for row in rows]


def kept_measurements(db: EncryptedDatabase, round_id: int) -> Mapping[Measure, Measurement]:
    """What the data showed on the day a round was closed."""
    rows = db.rows("SELECT measure, value, base FROM condition_measure WHERE round_id = ?", (round_id,))
    found = [Measurement(Measure(row["measure"]), row["value"], row["base"]) for row in rows]
    return {known.measure: known for known in found}


def measure(db: EncryptedDatabase, day: date) -> Mapping[Measure, Measurement]:
    """What the data show: the roadmap as it is, the last figures computed for the team."""
    roadmap, figures = get_roadmap(db), latest_figures(db, Audience.INTERNAL)
    steps = [step for step in all_steps(roadmap) if step.state is not StepState.DROPPED]
    codes = {code for code, _ in figures}
    measured = {code for (code, _), figure in figures.items() if figure.state is FigureState.MEASURED}
    made, in_time = figures.get(LINKS_MADE), kept(steps, day)
    spent = year_before(list_time(db), day)
    found = [
        Measurement(Measure.OBJECTIVES, len(roadmap)),
        Measurement(Measure.INDICATORS, len(measured), len(codes)) if codes else Measurement(Measure.INDICATORS, None),
        Measurement(Measure.SHARED_STEPS, sum(map(is_shared, steps)), len(steps)),
        Measurement(Measure.WORKSHOPS, _whole(figures.get(WORKSHOPS_HELD))),
        Measurement(Measure.MEETINGS, _whole(figures.get(MEETINGS_HELD))),
        _of(Measure.LINKS, made.numerator if made else None, made.denominator if made else None),
        Measurement(Measure.KEPT_STEPS, in_time.in_time if in_time.due else None, in_time.due or None),
        _of(Measure.TIME, spent.people // 60 if spent.total else None, spent.total // 60),
    ]
    return {known.measure: known for known in found}


def _whole(figure: Figure | None) -> int | None:
    return None if figure is None or figure.value is None else int(figure.value)


def _of(measure: Measure, part: float | None, whole: float | None) -> Measurement:
    """A part of a whole; nothing when either is unknown."""
    return Measurement(measure, None) if part is None or not whole else Measurement(measure, int(part), int(whole))


def _check_open(known: Round) -> None:
    if known.closed_on is not None:
        raise Refused("Ce tour est fermé : ses réponses ne changent plus.")


def _round(row: Row) -> Round:
    closed = row["closed_on"]
    return Round(
        row["id"],
        date.fromisoformat(row["opened_on"]),
        date.fromisoformat(closed) if closed else None,
        row["respondents"],
    )
