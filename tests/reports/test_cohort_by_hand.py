"""The cohort of the demonstration, computed again from its rows with pencil formulas: page and chapter say the same."""

import html
import json
import re
from collections import Counter
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev
from typing import Any

import pytest
from flask import Flask
from scipy import stats

from impact.audit import Actor
from impact.communities.storage import get_community
from impact.db import EncryptedDatabase
from impact.periods import last_complete_school_year
from impact.vocabulary import Audience
from impact.wording import NBSP, number, signed
from reports.composition.compose import compose
from reports.composition.context import Context
from reports.data import load
from reports.issuing import render
from reports.writing import published_estimates
from surveys.rosters.demo import fill

pytestmark = pytest.mark.whole
URL = "/communautes/pre-demonstration/questionnaires/cohortes/1/resultats"
SMALLEST = 0.3
LOSSES = {
    "moved": "A déménagé",
    "refused": "Ne souhaite plus participer",
    "unreachable": "Ne répond plus aux appels",
    "unknown": "Raison inconnue",
}


@dataclass(frozen=True)
class ByHand:
    """What the rows of one public say of its announced score."""

    asked_last: int
    answered: tuple[int, ...]
    pairs: int
    scored: int
    before: float
    after: float
    change: float
    low: float
    high: float
    verdict: str


def rows_of_public(db: EncryptedDatabase, public: str) -> list[tuple[int, int]]:
    """Moment and wave, in order."""
    rows = db.execute("SELECT moment, wave_id FROM cohort_wave WHERE public = ? ORDER BY moment", (public,)).fetchall()
    return [(moment, wave) for moment, wave in rows]


def people_who_answered(db: EncryptedDatabase, wave: int) -> dict[str, dict[str, int]]:
    """Levels by question, by person; a person who left everything blank is there with nothing."""
    found: dict[str, dict[str, int]] = {
        person: {}
        for (person,) in db.execute(
            "SELECT person FROM followed_response JOIN response ON response.id = response_id WHERE wave_id = ?", (wave,)
        )
    }
    for person, question, level in db.execute(
        "SELECT person, question, level FROM followed_response JOIN response ON response.id = followed_response.response_id"
        " JOIN answer ON answer.response_id = response.id WHERE wave_id = ? AND level IS NOT NULL",
        (wave,),
    ):
        found[person][question] = level
    return found


def dimension(db: EncryptedDatabase, wave: int, code: str) -> dict[str, bool]:
    """The items of a dimension, and whether each is reversed, as the wave froze them."""
    (text,) = db.execute(
        "SELECT definition FROM questionnaire JOIN wave ON questionnaire_id = questionnaire.id WHERE wave.id = ?",
        (wave,),
    ).fetchone()
    questions = json.loads(text)["questions"]
    return {each["code"]: each.get("reversed", False) for each in questions if each.get("dimension") == code}


def score(levels: dict[str, int], items: dict[str, bool]) -> float | None:
    """Mean of the items turned the same way; none under two thirds of them."""
    known = [6 - levels[item] if turned else levels[item] for item, turned in items.items() if item in levels]
    return fmean(known) if 3 * len(known) >= 2 * len(items) else None


def by_hand(db: EncryptedDatabase, public: str, code: str) -> ByHand:
    waves = rows_of_public(db, public)
    answers = [people_who_answered(db, wave) for _, wave in waves]
    items = dimension(db, waves[0][1], code)
    (asked,) = db.execute(
        "SELECT count(*) FROM wave_invitation WHERE wave_id = ? AND (answered OR NOT revoked)", (waves[-1][1],)
    ).fetchone()
    both = sorted(set(answers[0]) & set(answers[-1]))
    scored = [(score(answers[0][each], items), score(answers[-1][each], items)) for each in both]
    known = [(first, last) for first, last in scored if first is not None and last is not None]
    steps = [last - first for first, last in known]
    middle, n = fmean(steps), len(steps)
    half = float(stats.t.ppf(0.975, n - 1)) * stdev(steps) / sqrt(n)
    low, high = middle - half, middle + half
    verdict = (
        "Progression marquée"
        if low >= SMALLEST
        else "Progression, ampleur incertaine"
        if low > 0
        else "Pas de changement notable"
        if low > -SMALLEST and high < SMALLEST
        else "On ne peut pas conclure"
    )
    means = fmean(first for first, _ in known), fmean(last for _, last in known)
    return ByHand(asked, tuple(map(len, answers)), len(both), n, *means, middle, low, high, verdict)


def wilson(part: int, whole: int) -> tuple[float, float]:
    z = float(stats.norm.ppf(0.975))
    p, spread = part / whole, z * sqrt(part / whole * (1 - part / whole) / whole + z * z / (4 * whole * whole))
    return tuple((p + z * z / (2 * whole) + sign * spread) / (1 + z * z / whole) for sign in (-1, 1))  # type: ignore[return-value]


def text_of(page: str) -> str:
    """What is read, with ordinary spaces."""
    words = html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<svg.*?</svg>", " ", page, flags=re.S)))
    return " ".join(words.replace(NBSP, " ").replace("\u202f", " ").split())


def plain(text: str) -> str:
    return text.replace(NBSP, " ").replace("\u202f", " ")


def outcome_line(found: ByHand) -> list[str]:
    """What both the page and the chapter must say of the announced measure."""
    between = plain(f"de {signed(found.low, 2)} à {signed(found.high, 2)}")
    return [
        f"{found.verdict}.",
        plain(
            f"sur {found.scored} personnes interrogées deux fois, le score passe de {number(found.before, 2)} à"
            f" {number(found.after, 2)}, soit {signed(found.change, 2)} point ({between})"
        ),
        "Le plus petit changement qui compte était fixé avant les réponses : 0,30 point",
        plain(
            f"60 personnes concernées, {found.asked_last} invitées la dernière fois, {found.answered[-1]} réponses,"
            f" {found.pairs} paires complètes."
        ),
    ]


@pytest.fixture
def filled(app: Flask, db: EncryptedDatabase, amina: Actor) -> EncryptedDatabase:
    fill(db, amina, app.config["TODAY"]())
    return db


def test_the_results_page_says_what_the_rows_say(filled: EncryptedDatabase, browse: Any) -> None:
    page = browse("amina").get(URL)
    said = text_of(page)
    found = by_hand(filled, "child", "feeling")
    for words in outcome_line(found):
        assert words in said, words
    cells = (number(found.before, 2), number(found.after, 2), signed(found.change, 2))
    assert plain(" ".join(cells)) in said
    assert plain(f"{signed(found.low, 2)} à {signed(found.high, 2)}") in said
    for public, dimension_code in (("child", "feeling"), ("parent", ""), ("teacher", "")):
        answered = by_hand(filled, public, dimension_code).answered if dimension_code else counts(filled, public)
        for moment, count in enumerate(answered, start=1):
            low, high = wilson(count, 60)
            share = f"{number(100 * count / 60)} %"
            line = f"{moment} {count} 60 {share} de {number(100 * low)} % à {number(100 * high)} %"
            assert plain(line) in said, line


def counts(db: EncryptedDatabase, public: str) -> tuple[int, ...]:
    return tuple(len(people_who_answered(db, wave)) for _, wave in rows_of_public(db, public))


def test_the_page_counts_the_losses_by_reason(filled: EncryptedDatabase, browse: Any) -> None:
    said = text_of(browse("amina").get(URL))
    lost = Counter(row[0] for row in filled.execute("SELECT loss FROM cohort_person WHERE lost_on IS NOT NULL"))
    assert sum(lost.values()) == 11
    for reason, count in lost.items():
        assert f"{LOSSES[reason]} {count}" in said


def test_the_printed_chapter_says_what_the_rows_say(app: Flask, filled: EncryptedDatabase) -> None:
    today = app.config["TODAY"]()
    period, community = last_complete_school_year(today), get_community(filled)
    rows = published_estimates(filled, load(filled, period), period, community.kind, Audience.INTERNAL)
    context = Context(
        community.name, community.territory, community.kind, period, Audience.INTERNAL, today, "essai"
    )  # fmt: skip
    document = compose(context, rows)
    said = text_of(render(document))
    found = by_hand(filled, "child", "feeling")
    for words in outcome_line(found)[:3]:
        assert words in said, words
    assert outcome_line(found)[3].rstrip(".") in said
    cells = (number(found.before, 2), number(found.after, 2), signed(found.change, 2))
    assert plain(" ".join(cells)) in said
