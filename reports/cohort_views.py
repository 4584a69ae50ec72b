"""What changed for the people of a cohort: who stayed, the measure announced first, then the others."""

from dataclasses import dataclass, replace

from flask import Blueprint, g, render_template
from markupsafe import Markup

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db, today
from impact.communities.storage import get_community
from impact.drawing import PHONE, SCREEN
from impact.periods import Period
from impact.vocabulary import Audience
from impact.wording import french, number
from impact_maps.indicators import Family, codes_of
from reports import rules
from reports.charts_of_answers import change
from reports.composition.cohorts import (
    CAVEAT,
    SCORES_HEADER,
    change_sentence,
    changes,
    denominators,
    loss_sentence,
    outcome,
    score_row,
)
from reports.composition.words import MASKED, Estimates, interval_text, sentence, value_text
from reports.data import Data, load
from reports.records import Estimate
from reports.statistics.choice import NOT_THE_SAME, Choice, Design, Measure, choose
from reports.writing import published_estimates
from surveys.rosters.cohort_storage import get_cohort
from surveys.rosters.records import Cohort
from surveys.rosters.vocabulary import Public
from surveys.rules import state_on
from surveys.vocabulary import WaveState

pages = Blueprint(
    "cohort_results", __name__, url_prefix="/communautes/<slug>/questionnaires/cohortes", template_folder="templates"
)
LEAST_SAID = 5


@dataclass(frozen=True)
class Part:
    """What one public says."""

    public: Public
    pairs: str
    flow: tuple[tuple[str, ...], ...]
    primary: str
    scores: tuple[tuple[str, ...], ...]
    wide: Markup
    narrow: Markup
    items: tuple[tuple[str, ...], ...]
    moments: str
    losses: tuple[str, ...]
    method: Choice


@pages.get("/<int:cohort_id>/resultats")
@allowed(Action.VIEW_RESULTS)
def show(slug: str, cohort_id: int) -> str:
    """Exact for the team, protected for the others."""
    g.tab = "surveys"
    cohort = get_cohort(community_db(), cohort_id)
    waves = [each.wave for each in cohort.waves]
    # Read before and after one answer, the results of an open wave would tell it.
    withheld = rules.audience_of(actor()) is not Audience.INTERNAL and any(
        state_on(wave, today()) is WaveState.OPEN for wave in waves
    )
    publics = dict.fromkeys(each.public for each in cohort.waves)
    parts: list[Part] = []
    data = None
    if any(wave.responses for wave in waves) and not withheld:
        period = Period(min(wave.opens_on for wave in waves), max(wave.ended_on for wave in waves))
        data = _alone(load(community_db(), period), cohort)
        estimates = Estimates(_estimates(data, period))
        parts = [_part(cohort, public, estimates) for public in publics]
    return render_template(
        "reports/cohort_results.html",
        cohort=cohort,
        parts=parts,
        withheld=withheld,
        losses=_losses(data) if data else [],
        header=SCORES_HEADER,
        caveat=french(CAVEAT),
        not_the_same=french(NOT_THE_SAME),
    )


def _alone(data: Data, cohort: Cohort) -> Data:
    return replace(
        data,
        cohorts=data.cohorts[data.cohorts["cohort_id"] == cohort.id],
        losses=data.losses[data.losses["cohort_id"] == cohort.id],
    )


def _estimates(data: Data, period: Period) -> list[Estimate]:
    kind, audience = get_community(community_db()).kind, rules.audience_of(actor())
    return published_estimates(community_db(), data, period, kind, audience, codes_of([Family.COHORT]))


def _part(cohort: Cohort, public: Public, estimates: Estimates) -> Part:
    start = f"{cohort.id}/{public.value}/"
    rows = {
        code: [row for row in estimates.rows(f"cohort.{code}") if row.category.startswith(start)]
        for code in ("retention", "net_change", "score_change", "moments", "selective_loss", "score_bounds")
    }
    pairs = [row for row in estimates.rows("cohort.complete_pairs") if row.category == start[:-1]]
    primary = outcome(estimates, start)
    drawn = changes(rows["net_change"])
    title = french(f"{len(drawn)} questions, du recul au progrès. Les chiffres sont dans le tableau.")
    wide, narrow = (Markup(change(title, drawn, size=size)) if drawn else Markup("") for size in (SCREEN, PHONE))
    count = pairs[0].numerator if pairs and pairs[0].numerator else 0
    lost = 1 - (pairs[0].value or 0) if pairs else 0.0
    told = [loss_sentence(row) for row in rows["selective_loss"][:1]]
    told += [sentence(row) for row in rows["score_bounds"][:1] if row.value is not None]
    return Part(
        public=public,
        pairs=denominators(pairs[0]) if pairs else "",
        flow=tuple(_moment(row) for row in rows["retention"]),
        primary=change_sentence(primary) if primary else "",
        scores=tuple(score_row(row) for row in rows["score_change"]),
        wide=wide,
        narrow=narrow,
        items=tuple(_item(row) for row in rows["net_change"]),
        moments=" ".join(_over_moments(row) for row in rows["moments"][:1]),
        losses=tuple(each for each in told if each),
        method=choose(Design(Measure.SCORE, int(count), lost=lost)),
    )


def _moment(row: Estimate) -> tuple[str, ...]:
    moment = row.category.rpartition("/")[2]
    return (
        moment,
        MASKED if row.masked else number(row.numerator),
        number(row.denominator),
        value_text(row),
        interval_text(row),
    )


def _item(row: Estimate) -> tuple[str, ...]:
    facts = row.effect or {}
    counts = [
        MASKED if row.masked or name not in facts else number(float(facts[name])) for name in ("down", "same", "up")
    ]
    return (
        french(row.label.partition(" : ")[2]),
        *counts,
        value_text(row) if row.value is not None else "–",
        interval_text(row),
    )


def _over_moments(row: Estimate) -> str:
    p = (row.test or {}).get("p")
    if row.value is None or p is None:
        return ""
    facts = row.effect or {}
    means = [
        f"{number(float(held), 1)} au moment {name[5:]}" for name, held in facts.items() if name.startswith("mean_")
    ]
    said = "changent" if float(p) < 0.05 else "ne changent pas nettement"
    told = "p < 0,001" if float(p) < 0.001 else f"p = {number(float(p), 3)}"
    return french(
        f"Chez les {number(row.n)} personnes présentes à tous les moments, les scores {said} d’un moment à l’autre :"
        f" {', '.join(means)} (test de Friedman, {told})."
    )


def _losses(data: Data) -> list[tuple[str, str]]:
    """Reasons, the least numerous masked."""
    counts = data.losses["loss"].value_counts()
    exact = rules.audience_of(actor()) == "internal"
    words = data.labels["loss"]
    return [
        (words[str(loss)], number(int(count)) if exact or count >= LEAST_SAID else MASKED)
        for loss, count in counts.items()
    ]
