"""The evaluation frame of a community: questions, indicators, targets and their history."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from impact.audit import Actor, Deed, Log, write
from impact.db import EncryptedDatabase, Row
from impact.exceptions import Conflict, NotFound
from impact.wording import french, number
from impact_maps.indicators import CATALOGUE
from reports.evaluation.records import Measure, MeasurePlan, Question, QuestionPlan, TargetChange, Template
from reports.evaluation.rules import as_typed, check_measure
from reports.vocabulary import Criterion, Rhythm, Theme


def list_questions(db: EncryptedDatabase) -> list[Question]:
    """In the order of the criteria, then as they were written."""
    themes: dict[int, list[Theme]] = {}
    for row in db.rows("SELECT question_id, theme FROM evaluation_theme"):
        themes.setdefault(row["question_id"], []).append(Theme(row["theme"]))
    measures: dict[int, list[Measure]] = {}
    for row in db.rows("SELECT * FROM evaluation_measure ORDER BY id"):
        measures.setdefault(row["question_id"], []).append(_measure(row))
    order = list(Theme)
    found = [
        Question(
            row["id"],
            QuestionPlan(
                row["words"],
                Criterion(row["criterion"]),
                tuple(sorted(themes.get(row["id"], []), key=order.index)),
            ),
            tuple(measures.get(row["id"], [])),
            row["version"],
        )
        for row in db.rows("SELECT * FROM evaluation_question ORDER BY id")
    ]
    criteria = list(Criterion)
    return sorted(found, key=lambda question: criteria.index(question.plan.criterion))


def get_question(db: EncryptedDatabase, question_id: int) -> Question:
    """Raises NotFound."""
    for question in list_questions(db):
        if question.id == question_id:
            return question
    raise NotFound


def get_measure(db: EncryptedDatabase, measure_id: int) -> Measure:
    """Raises NotFound."""
    row = db.row("SELECT * FROM evaluation_measure WHERE id = ?", (measure_id,))
    if row is None:
        raise NotFound
    return _measure(row)


def add_question(db: EncryptedDatabase, actor: Actor, plan: QuestionPlan, once: str = "") -> int:
    """Give the id."""
    with write(db, actor, once) as log:
        return _insert_question(db, log, plan)


def change_question(db: EncryptedDatabase, actor: Actor, question_id: int, plan: QuestionPlan, version: int,
                    once: str = "") -> None:  # fmt: skip
    """Raises Conflict when somebody saved it meanwhile."""
    with write(db, actor, once) as log:
        changed = db.changed(
            "UPDATE evaluation_question SET words = ?, criterion = ?, version = version + 1 WHERE id = ? AND version = ?",
            (plan.words, plan.criterion.value, question_id, version),
        )
        if not changed:
            now = get_question(db, question_id)
            stored = {"words": now.plan.words, "criterion": now.plan.criterion.label}
            raise Conflict({**stored, "themes": ", ".join(theme.label for theme in now.plan.themes)}, now.version)
        _replace_themes(db, question_id, plan.themes)
        log.note(Deed.CHANGE, "evaluation_question", question_id, ["words", "criterion", "themes"])


def remove_question(db: EncryptedDatabase, actor: Actor, question_id: int, today: date, once: str = "") -> None:
    """With its indicators; the history of the targets stays, and says that they are no longer aimed at."""
    with write(db, actor, once) as log:
        for measure in get_question(db, question_id).measures:
            _withdraw_target(db, actor, measure.plan, today)
        for statement in (
            "DELETE FROM evaluation_theme WHERE question_id = ?",
            "DELETE FROM evaluation_measure WHERE question_id = ?",
            "DELETE FROM evaluation_question WHERE id = ?",
        ):
            db.execute(statement, (question_id,))
        log.note(Deed.DELETE, "evaluation_question", question_id)


def add_measure(
    db: EncryptedDatabase, actor: Actor, question_id: int, plan: MeasurePlan, today: date, once: str = ""
) -> int:
    """Give the id; raises NotFound without its question, Refused on a target out of reach."""
    with write(db, actor, once) as log:
        get_question(db, question_id)
        return _insert_measure(db, log, actor, question_id, plan, today)


def change_measure(
    db: EncryptedDatabase, actor: Actor, measure_id: int, plan: MeasurePlan, version: int, today: date, once: str = ""
) -> None:
    """Raises Conflict when somebody saved it meanwhile; another target leaves a line in its history."""
    check_measure(plan)
    with write(db, actor, once) as log:
        now = get_measure(db, measure_id)
        if now.version != version:
            raise Conflict(_as_read(now.plan), now.version)
        db.execute(
            "UPDATE evaluation_measure SET code = ?, judgement = ?, source = ?, rhythm = ?, target = ?, smallest = ?,"
            " why = ?, version = version + 1 WHERE id = ?",
            (*_values(plan), measure_id),
        )
        if plan.code != now.plan.code:
            _withdraw_target(db, actor, now.plan, today)
            _keep_first_target(db, actor, plan, today)
        elif (plan.target, plan.smallest) != (now.plan.target, now.plan.smallest):
            _keep_target(db, actor, plan, today)
        log.note(Deed.CHANGE, "evaluation_measure", measure_id, ["code", "judgement", "source", "rhythm", "target"])


def remove_measure(db: EncryptedDatabase, actor: Actor, measure_id: int, today: date, once: str = "") -> None:
    """The history of its target stays, and says that it is no longer aimed at."""
    with write(db, actor, once) as log:
        _withdraw_target(db, actor, get_measure(db, measure_id).plan, today)
        db.execute("DELETE FROM evaluation_measure WHERE id = ?", (measure_id,))
        log.note(Deed.DELETE, "evaluation_measure", measure_id)


def begin_with(db: EncryptedDatabase, actor: Actor, template: Template, today: date, once: str = "") -> int:
    """Add the questions of a template that the frame does not ask yet; give how many."""
    asked = {question.plan.words for question in list_questions(db)}
    new = [(question, measures) for question, measures in template.questions if question.words not in asked]
    if not new:
        return 0
    with write(db, actor, once) as log:
        for question, measures in new:
            added = _insert_question(db, log, question)
            for plan in measures:
                _insert_measure(db, log, actor, added, plan, today)
    return len(new)


def targets(db: EncryptedDatabase) -> dict[str, MeasurePlan]:
    """The plan of each indicator that has a target or a smallest change, the first one written for a code."""
    rows = db.rows("SELECT * FROM evaluation_measure WHERE target IS NOT NULL OR smallest IS NOT NULL ORDER BY id DESC")
    return {row["code"]: _measure(row).plan for row in rows}


def target_history(db: EncryptedDatabase, code: str) -> list[TargetChange]:
    """The oldest first."""
    return [
        TargetChange(
            row["target"], row["smallest"], row["why"], date.fromisoformat(row["decided_on"]), row["author_role"]
        )
        for row in db.rows("SELECT * FROM evaluation_target WHERE code = ? ORDER BY id", (code,))
    ]


def _insert_question(db: EncryptedDatabase, log: Log, plan: QuestionPlan) -> int:
    added = db.insert_row(
        "INSERT INTO evaluation_question (words, criterion) VALUES (?, ?)", (plan.words, plan.criterion.value)
    )
    _replace_themes(db, added, plan.themes)
    log.note(Deed.CREATE, "evaluation_question", added)
    return added


def _insert_measure(
    db: EncryptedDatabase, log: Log, actor: Actor, question_id: int, plan: MeasurePlan, today: date
) -> int:
    check_measure(plan)
    added = db.insert_row(
        "INSERT INTO evaluation_measure (code, judgement, source, rhythm, target, smallest, why, question_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*_values(plan), question_id),
    )
    _keep_first_target(db, actor, plan, today)
    log.note(Deed.CREATE, "evaluation_measure", added)
    return added


def _as_read(plan: MeasurePlan) -> dict[str, object]:
    """What a form of the same indicator shows, beside what somebody else typed."""
    target, smallest = (as_typed(plan.code, value) for value in (plan.target, plan.smallest))
    indicator = CATALOGUE.get(plan.code)
    return {
        "code": french(f"{indicator.family.label} : {indicator.title}") if indicator else plan.code,
        "judgement": plan.judgement,
        "source": plan.source,
        "rhythm": plan.rhythm.label,
        "target": "" if target is None else number(target, 2),
        "smallest": "" if smallest is None else number(smallest, 2),
        "why": plan.why,
    }


def _keep_first_target(db: EncryptedDatabase, actor: Actor, plan: MeasurePlan, today: date) -> None:
    if plan.target is not None or plan.smallest is not None:
        _keep_target(db, actor, plan, today)


def _withdraw_target(db: EncryptedDatabase, actor: Actor, plan: MeasurePlan, today: date) -> None:
    if plan.target is not None or plan.smallest is not None:
        _keep_target(db, actor, replace(plan, target=None, smallest=None, why=""), today)


def _keep_target(db: EncryptedDatabase, actor: Actor, plan: MeasurePlan, today: date) -> None:
    db.execute(
        "INSERT INTO evaluation_target (code, target, smallest, why, decided_on, author_role) VALUES (?, ?, ?, ?, ?, ?)",
        (plan.code, plan.target, plan.smallest, plan.why, today.isoformat(), actor.role),
    )


def _replace_themes(db: EncryptedDatabase, question_id: int, themes: Sequence[Theme]) -> None:
    db.execute("DELETE FROM evaluation_theme WHERE question_id = ?", (question_id,))
    for theme in themes:
        db.execute("INSERT INTO evaluation_theme (question_id, theme) VALUES (?, ?)", (question_id, theme.value))


def _values(plan: MeasurePlan) -> tuple[object, ...]:
    return plan.code, plan.judgement, plan.source, plan.rhythm.value, plan.target, plan.smallest, plan.why


def _measure(row: Row) -> Measure:
    plan = MeasurePlan(
        row["code"],
        row["judgement"],
        row["source"],
        Rhythm(row["rhythm"]),
        row["target"],
        row["smallest"],
        row["why"],
    )
    return Measure(row["id"], row["question_id"], plan, row["version"])
