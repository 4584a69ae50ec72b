"""What people answered to one wave: who answered first, then what they say, with the numbers under each drawing."""

from dataclasses import dataclass, replace

from flask import Blueprint, g, render_template
from markupsafe import Markup
from werkzeug.wrappers import Response

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db
from impact.communities.storage import get_community
from impact.drawing import PHONE, SCREEN, Size
from impact.periods import Period
from impact.wording import french, number
from reports import rules
from reports.charts_of_answers import Answers, likert
from reports.composition.words import MASKED, Estimates, sentence
from reports.data import load
from reports.issuing import published_estimates
from reports.records import Estimate
from surveys.records import Item as Asked
from surveys.records import Wave
from surveys.storage import get_wave, list_words
from surveys.vocabulary import OPEN

pages = Blueprint(
    "wave_results", __name__, url_prefix="/communautes/<slug>/questionnaires/vagues", template_folder="templates"
)
Answer = str | Response
# STATISTICS §2.M: no quotation when fewer than eleven people wrote.
LEAST_FOR_WORDS = 11


@dataclass(frozen=True)
class Item:
    """One closed question: its count per level, or « masqué », and how its favourable share is read."""

    text: str
    counts: tuple[str, ...]
    aside: str
    reading: str


@pages.get("/<int:wave_id>/resultats")
@allowed(Action.VIEW_RESULTS)
def show(slug: str, wave_id: int) -> Answer:
    """The results of one wave, exact for the team, protected for the others."""
    g.tab = "surveys"
    wave = get_wave(community_db(), wave_id)
    estimates = Estimates(_estimates(wave))
    questions = list(wave.questionnaire.items)
    return render_template(
        "reports/wave_results.html",
        wave=wave,
        levels=wave.questionnaire.levels,
        items=[_item(wave, question, estimates) for question in questions],
        rate=sentence(row) if (row := next(iter(estimates.rows("satisfaction.response_rate")), None)) else "",
        wide=_draw(wave, questions, estimates, SCREEN),
        narrow=_draw(wave, questions, estimates, PHONE),
        words=_words(wave),
    )


def _estimates(wave: Wave) -> list[Estimate]:
    db = community_db()
    period = Period(wave.opens_on, max(wave.opens_on, wave.ended_on))
    data = load(db, period)
    alone = replace(data, waves=data.waves[data.waves["wave_id"] == wave.id])
    audience = rules.audience_of(actor())
    found = published_estimates(db, alone, period, get_community(db).kind, audience)
    return [row for row in found if row.code.startswith("satisfaction.")]


def _levels(wave: Wave, question: Asked, estimates: Estimates) -> list[Estimate]:
    start = f"{wave.questionnaire.code}/{question.code}/"
    return [row for row in estimates.rows("satisfaction.distribution") if row.category.startswith(start)]


def _item(wave: Wave, question: Asked, estimates: Estimates) -> Item:
    place = f"{wave.questionnaire.code}/{question.code}"
    rows = _levels(wave, question, estimates)
    whole = len(rows) == len(wave.questionnaire.levels)
    counts = [MASKED if row.masked else number(row.numerator) for row in rows] if whole else []
    favourable = [row for row in estimates.rows("satisfaction.top_two") if row.category == place]
    aside = [row for row in estimates.rows("satisfaction.item_missing") if row.category == place]
    return Item(
        question.text,
        tuple(counts or [MASKED] * len(wave.questionnaire.levels)),
        number(aside[0].numerator) if aside else "–",
        sentence(favourable[0], question.text) if favourable else "",
    )


def _draw(wave: Wave, questions: list[Asked], estimates: Estimates, size: Size) -> Markup:
    rows = [_answers(wave, question, estimates) for question in questions]
    title = french(f"Réponses à {len(rows)} questions, du moins au plus favorable. Les chiffres sont dans le tableau.")
    return Markup(likert(title, rows, levels=wave.questionnaire.levels, size=size))


def _answers(wave: Wave, question: Asked, estimates: Estimates) -> Answers:
    rows = _levels(wave, question, estimates)
    if len(rows) != len(wave.questionnaire.levels) or any(row.value is None for row in rows):
        return Answers(question.text, (), (), masked="résultat masqué : trop peu de réponses")
    return Answers(question.text, tuple(row.value or 0 for row in rows), tuple(number(row.numerator) for row in rows))


def _words(wave: Wave) -> list[tuple[str, list[str]]]:
    if rules.audience_of(actor()) != "internal":
        return []
    opened = [each for each in wave.questionnaire.questions if each.kind in OPEN]
    found = [(each.text, list_words(community_db(), wave.id, each.code)) for each in opened]
    return [(text, words) for text, words in found if len(words) >= LEAST_FOR_WORDS]
