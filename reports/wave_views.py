"""What people answered to one wave: who answered first, then what they say, with the numbers under each drawing."""

from dataclasses import dataclass, replace

from flask import Blueprint, g, render_template
from markupsafe import Markup
from werkzeug.wrappers import Response

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db, today
from impact.communities.storage import get_community
from impact.drawing import PHONE, SCREEN
from impact.periods import Period
from impact.vocabulary import Audience
from impact.wording import french, number
from impact_maps.indicators import Family, codes_of
from reports import rules
from reports.charts_of_answers import Answers, likert
from reports.composition.words import MASKED, Estimates, bare_value, sentence, value_text
from reports.data import Data, favourable_levels, load
from reports.grouping import Split, split, told_groups
from reports.records import Estimate
from reports.writing import published_estimates
from surveys.coding.rules import LEAST_TOLD
from surveys.coding.storage import coded_questions
from surveys.records import Item as Asked
from surveys.records import Question, Wave
from surveys.rosters.invitation_storage import get_following, has_invitations
from surveys.rules import state_on
from surveys.storage import get_wave, list_words
from surveys.vocabulary import OPEN, WITH_CHOICES, QuestionKind, WaveState

pages = Blueprint(
    "wave_results", __name__, url_prefix="/communautes/<slug>/questionnaires/vagues", template_folder="templates"
)
Answer = str | Response
_MEASURES = ("satisfaction.net_promoter", "satisfaction.numbers")
_COUNTED = {
    QuestionKind.ONE: "Une seule réponse par personne.",
    QuestionKind.SEVERAL: "Plusieurs réponses possibles : le total peut dépasser le nombre de personnes.",
    QuestionKind.RANKING: "Ce que chaque personne met en premier.",
}
# STATISTICS §2.M: no quotation when fewer than eleven people wrote.
LEAST_FOR_WORDS = 11
# From this alpha on, it is usual to read the items of a scale together.
SOUND = 0.7


@dataclass(frozen=True)
class Item:
    """One closed question: its count per level, or « masqué », and how its favourable share is read."""

    text: str
    counts: tuple[str, ...]
    aside: str
    reading: str


@dataclass(frozen=True)
class Group:
    """Questions that share the same five answers, from the least to the most favourable, with their drawings."""

    levels: tuple[str, ...]
    items: tuple[Item, ...]
    wide: Markup
    narrow: Markup


@dataclass(frozen=True)
class Themes:
    """An open question: answers read, then each theme with its people and how two readers agree, then quotes."""

    text: str
    read: int
    rows: tuple[tuple[str, str, str], ...]
    quotes: tuple[str, ...]


@dataclass(frozen=True)
class Listed:
    """A question with a list: what is counted, then words, count and share of each answer."""

    text: str
    note: str
    rows: tuple[tuple[str, str, str], ...]


@pages.get("/<int:wave_id>/resultats")
@allowed(Action.VIEW_RESULTS)
def show(slug: str, wave_id: int) -> Answer:
    """The results of one wave, exact for the team, protected for the others."""
    g.tab = "surveys"
    wave = get_wave(community_db(), wave_id)
    if _is_withheld(wave):
        return render_template("reports/wave_withheld.html", wave=wave, personal=_is_personal(wave))
    data = _data(wave)
    estimates, found = Estimates(_estimates(wave, data)), _split(wave, data)
    return render_template(
        "reports/wave_results.html",
        wave=wave,
        groups=_groups(wave, estimates),
        listed=[_listed(wave, each, estimates) for each in wave.questionnaire.questions if each.kind in WITH_CHOICES],
        measured=_measured(wave, estimates),
        scores=_scores(wave, estimates),
        rate=sentence(row) if (row := next(iter(estimates.rows("satisfaction.response_rate")), None)) else "",
        themes=_themes(wave, estimates),
        words=_words(wave),
        split=found,
        columns=told_groups(found) if found else [],
    )


def _is_personal(wave: Wave) -> bool:
    """Anonymous answers to personal links: the team knows who answered, and must not guess what."""
    return has_invitations(community_db(), wave.id) and get_following(community_db(), wave.id) is None


def _is_withheld(wave: Wave) -> bool:
    """While it is open, the last answer to come could be read from the difference, but by who reads each answer."""
    apart = _is_personal(wave) or rules.audience_of(actor()) is not Audience.INTERNAL
    return apart and state_on(wave, today()) is not WaveState.CLOSED


def _period(wave: Wave) -> Period:
    return Period(wave.opens_on, max(wave.opens_on, wave.ended_on))


def _data(wave: Wave) -> Data:
    return load(community_db(), _period(wave))


def _split(wave: Wave, data: Data) -> Split | None:
    """By group, once the wave is closed: until then the next answer could be read from the difference."""
    if state_on(wave, today()) is not WaveState.CLOSED or wave.id not in data.answers:
        return None
    return split(
        wave.questionnaire, wave.responses, data.choices[wave.id], data.answers[wave.id], data.amounts[wave.id]
    )


def _estimates(wave: Wave, data: Data) -> list[Estimate]:
    db, period = community_db(), _period(wave)
    alone = replace(data, waves=data.waves[data.waves["wave_id"] == wave.id], cohorts=data.cohorts[:0])
    audience = rules.audience_of(actor())
    if audience is Audience.INTERNAL and _is_personal(wave):
        # Whoever reads these knows who answered.
        audience = Audience.PARTNER
    return published_estimates(db, alone, period, get_community(db).kind, audience, codes_of([Family.SATISFACTION]))


def _groups(wave: Wave, estimates: Estimates) -> list[Group]:
    """A group for each set of five answers, in the order of the questionnaire."""
    items = wave.questionnaire.items
    return [
        _group(wave, levels, [item for item in items if favourable_levels(item) == levels], estimates)
        for levels in dict.fromkeys(favourable_levels(item) for item in items)
    ]


def _group(wave: Wave, levels: tuple[str, ...], items: list[Asked], estimates: Estimates) -> Group:
    title = french(f"Réponses à {len(items)} questions, du moins au plus favorable. Les chiffres sont dans le tableau.")
    rows = [_answers(wave, item, estimates) for item in items]
    wide, narrow = (Markup(likert(title, rows, levels=levels, size=size)) for size in (SCREEN, PHONE))
    return Group(levels, tuple(_item(wave, item, estimates) for item in items), wide, narrow)


def _levels(wave: Wave, item: Asked, estimates: Estimates) -> list[Estimate]:
    start = f"{wave.questionnaire.code}/{item.code}/"
    return [row for row in estimates.rows("satisfaction.distribution") if row.category.startswith(start)]


def _item(wave: Wave, item: Asked, estimates: Estimates) -> Item:
    place = f"{wave.questionnaire.code}/{item.code}"
    rows = _levels(wave, item, estimates)
    whole = len(rows) == len(item.levels)
    counts = [MASKED if row.masked else number(row.numerator) for row in rows] if whole else []
    favourable = [row for row in estimates.rows("satisfaction.top_two") if row.category == place]
    aside = [row for row in estimates.rows("satisfaction.item_missing") if row.category == place]
    return Item(
        item.text,
        tuple(counts or [MASKED] * len(item.levels)),
        number(aside[0].numerator) if aside else "–",
        sentence(favourable[0], item.text) if favourable else "",
    )


def _answers(wave: Wave, item: Asked, estimates: Estimates) -> Answers:
    rows = _levels(wave, item, estimates)
    if len(rows) != len(item.levels) or any(row.value is None for row in rows):
        nobody = bool(rows) and not any(row.masked or row.n for row in rows)
        return Answers(
            item.text, (), (), masked="aucune réponse" if nobody else "résultat masqué : trop peu de réponses"
        )
    return Answers(item.text, tuple(row.value or 0 for row in rows), tuple(number(row.numerator) for row in rows))


def _listed(wave: Wave, question: Question, estimates: Estimates) -> Listed:
    start = f"{wave.questionnaire.code}/{question.code}/"
    rows = [row for row in estimates.rows("satisfaction.choices") if row.category.startswith(start)]
    words = {f"{start}{choice.code}": choice.text for choice in question.choices}
    base = next((number(row.denominator) for row in rows if row.denominator), "")
    about = f"Réponses de {base} personnes. " if base else ""
    return Listed(question.text, french(about + _COUNTED[question.kind]), tuple(_row(row, words) for row in rows))


def _row(row: Estimate, words: dict[str, str]) -> tuple[str, str, str]:
    count = MASKED if row.masked else number(row.numerator)
    return french(words.get(row.category, row.label)), count, value_text(row)


def _measured(wave: Wave, estimates: Estimates) -> list[str]:
    """Marks from 0 to 10 and numbers, in sentences."""
    start = f"{wave.questionnaire.code}/"
    rows = [row for code in _MEASURES for row in estimates.rows(code) if row.category.startswith(start)]
    return [sentence(row) + _quartiles(row) for row in rows]


def _scores(wave: Wave, estimates: Estimates) -> list[tuple[str, str, str, str, str]]:
    """Name, mean, interval, people, and whether its items measure the same thing; none when nothing can be said."""
    start = f"{wave.questionnaire.code}/"
    held = {row.category: row for row in estimates.rows("satisfaction.reliability")}
    rows = [row for row in estimates.rows("satisfaction.score") if row.category.startswith(start)]
    told = [
        (
            french(row.label[:1].upper() + row.label[1:]),
            MASKED if row.masked else "trop peu de réponses" if row.value is None else number(row.value, 1),
            french(f"de {number(row.low, 1)} à {number(row.high, 1)}") if row.low is not None else "",
            number(row.n or None),
            _together(held.get(row.category)),
        )
        for row in rows
    ]
    return told if any(row.value is not None or row.masked for row in rows) else []


def _together(row: Estimate | None) -> str:
    if row is None or row.value is None or row.low is None or row.high is None:
        return "non calculable"
    sure = "ensemble" if row.low >= SOUND else "ensemble de façon incertaine" if row.high >= SOUND else "mal ensemble"
    omega = (row.effect or {}).get("omega")
    also = "" if omega is None else f" ; ω = {number(float(omega), 2)}"
    return french(f"{sure} : α = {number(row.value, 2)}, de {number(row.low, 2)} à {number(row.high, 2)}{also}")


def _themes(wave: Wave, estimates: Estimates) -> list[Themes]:
    """Each open question that was read, with what may be told of it."""
    held = {row.category: row for row in estimates.rows("satisfaction.readers_agree")}
    told = {row.category: row for row in estimates.rows("satisfaction.themes")}
    found = []
    for coded in coded_questions(community_db(), wave):
        start = f"{wave.questionnaire.code}/{coded.question.code}/"
        rows = [
            (theme.label, _told(told.get(f"{start}{theme.id}")), _agreed(held.get(f"{start}{theme.id}")))
            for theme in coded.themes
        ]
        if coded.read and rows:
            found.append(Themes(coded.question.text, len(coded.read), tuple(rows), coded.quotes))
    return found


def _told(row: Estimate | None) -> str:
    if row is None or row.value is None:
        return MASKED if row is not None and row.masked else f"moins de {LEAST_TOLD}"
    return french(f"{number(row.numerator)} ({value_text(row)})")


def _agreed(row: Estimate | None) -> str:
    if row is None or row.value is None:
        return "non calculable"
    between = "" if row.low is None else f", de {number(row.low, 2)} à {number(row.high, 2)}"
    return french(f"κ = {number(row.value, 2)}{between}")


def _quartiles(row: Estimate) -> str:
    effect = row.effect or {}
    if "lower_quartile" not in effect:
        return ""
    low, high = (bare_value(float(effect[name]), "count") for name in ("lower_quartile", "upper_quartile"))
    return french(f" La moitié des réponses vont de {low} à {high}.")


def _words(wave: Wave) -> list[tuple[str, list[str]]]:
    if rules.audience_of(actor()) != "internal":
        return []
    opened = [each for each in wave.questionnaire.questions if each.kind in OPEN]
    found = [(each.text, list_words(community_db(), wave.id, each.code)) for each in opened]
    return [(text, words) for text, words in found if len(words) >= LEAST_FOR_WORDS]
