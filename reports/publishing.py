"""From data to figures that may be read: computed, protected for an audience, stored or written as rows."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from math import inf

from impact.audit import Actor
from impact.communities.storage import get_community
from impact.db import EncryptedDatabase
from impact.figures import Figure, FigureState, replace_figures
from impact.periods import Period, local_today
from impact.vocabulary import Audience, CommunityKind, Sensitivity
from impact_maps.indicators import CATALOGUE, catalogue_for
from reports import storage
from reports.computing.registry import COMPUTATIONS
from reports.computing.satisfaction import OF_ITEM
from reports.data import AGE_BANDS, Data
from reports.disclosure import DEFAULTS, HELD, JOINT, MERGED, SMALL, protect
from reports.holding import hold, nearest, releases, withhold
from reports.records import Estimate
from reports.rules import readable_periods
from reports.stepping import CURVE, GONE, STILL_FOLLOWED, protect_steps

TAKEN_UP, BY_OUTCOME = "pre.situations_taken_up", "pre.situations_by_outcome"
MOTIVES, FIRST_MOTIVE = "pre.motives", "pre.first_motive"
BY_AGE = "pre.children_by_age"
# Of these alone it is known that they tell nothing of health, violence or family; a list's own entries may.
ORDINARY_MOTIVES = frozenset(
    {"school_results", "language", "behaviour", "absence", "confidence", "leisure", "isolation"}
)
DISTRIBUTION, TOP_TWO = "satisfaction.distribution", "satisfaction.top_two"
COMPLETE_PAIRS = "cohort.complete_pairs"
BY_SCHOOL = "schools.disadvantaged_by_school"
LOCAL = "schools.local_by_school"
# All, the disadvantaged, the others: any two give the third.
OUTSIDE = ("schools.outside", "schools.outside_disadvantaged", "schools.outside_others")
# What is hidden in one of these decides what is hidden in the others.
KIN = (
    frozenset({TAKEN_UP, BY_OUTCOME}),
    frozenset({MOTIVES, FIRST_MOTIVE}),
    frozenset({CURVE, STILL_FOLLOWED, GONE}),
    frozenset({DISTRIBUTION, TOP_TWO}),
    frozenset(OUTSIDE),
    frozenset({BY_SCHOOL, LOCAL}),
)
# Breakdowns of one question each.
BY_QUESTION = (DISTRIBUTION, "satisfaction.choices")


def compute_all(
    data: Data,
    period: Period,
    kind: CommunityKind,
    codes: Collection[str] | None = None,
    step: Callable[[], None] = lambda: None,
) -> list[Estimate]:
    """Every figure of the indicators that concern this kind of community, in the catalogue's order.

    With `codes`, these alone, and those without which they cannot be protected; `step` is called after each indicator.
    """
    found: list[Estimate] = []
    for code in asked_codes(kind, codes):
        found += COMPUTATIONS[code](data, period)
        step()
    return found


def asked_codes(kind: CommunityKind, codes: Collection[str] | None = None) -> list[str]:
    """The indicators of this kind of community; with `codes`, these and those that are protected with them."""
    wanted = None if codes is None else with_kin(codes)
    return [each.code for each in catalogue_for(kind) if wanted is None or each.code in wanted]


def with_kin(codes: Collection[str]) -> set[str]:
    """The codes, and those that are protected together with one of them."""
    return {code for kin in KIN if kin & set(codes) for code in kin} | set(codes)


def protected(estimates: Sequence[Estimate], audience: Audience) -> list[Estimate]:
    """The estimates as this audience may read them, in the same order; exact ones for `internal`.

    Beyond `reports.disclosure`, figures that would betray each other by subtraction are hidden together.
    """
    if audience is Audience.INTERNAL:
        return list(estimates)
    published: dict[str, list[Estimate]] = {}
    steps = protect_steps(_by_code(estimates))
    for code in dict.fromkeys(row.code for row in estimates):
        rows = steps.get(code) or [row for row in estimates if row.code == code]
        if code == FIRST_MOTIVE:
            rows = _mark_first_motives(rows, published.get(MOTIVES, []))
        published[code] = [_told(row) for group in _groups(code, rows) for row in _protect(group, audience)]
    _hide_outcomes(published)
    _hide_outside(published)
    _hide_local(published)
    _hide_distributions(published, [row for row in estimates if row.code == DISTRIBUTION])
    return [row for rows in published.values() for row in rows]


def as_rows(estimates: Iterable[Estimate], period: Period, audience: Audience) -> list[dict[str, object]]:
    """One flat record per figure for JSON and CSV: title, audience, period, then the keys of an Estimate."""
    return [
        {
            "title": CATALOGUE[row.code].title,
            "audience": audience.value,
            "period": period.code,
            **row.as_dict(),
        }
        for row in estimates
    ]


def to_figures(estimates: Iterable[Estimate], period: Period, audience: Audience, moment: datetime) -> list[Figure]:
    """Current figures for the pages on the left; what the estimate hides stays hidden."""
    return [
        Figure(
            code=row.code,
            category=row.category,
            period=period.code,
            audience=audience,
            unit=row.unit,
            value=row.value,
            numerator=row.numerator,
            denominator=row.denominator,
            state=_state(row),
            reason=row.reason,
            computed_at=moment.isoformat(timespec="seconds"),
            low=row.low if row.value is None and not row.masked else None,
            high=row.high if row.value is None and not row.masked else None,
        )
        for row in estimates
    ]


def as_published(
    db: EncryptedDatabase, exact: Sequence[Estimate], period: Period, audience: Audience
) -> list[Estimate]:
    """Exact estimates as this audience may read them: protected, held where a value left the house, or shows outside,
    and hidden where the days that two periods do not share would tell of a few people.

    Nothing tells a reader which values are held: those are the ones behind which somebody changed.
    """
    return [_unexplained(row) for row in as_explained(db, exact, period, audience)]


def as_explained(
    db: EncryptedDatabase, exact: Sequence[Estimate], period: Period, audience: Audience
) -> list[Estimate]:
    """The same, for the author: a figure that is held, or that another period would tell, says so."""
    told = protected(exact, audience)
    if audience is Audience.INTERNAL:
        return told
    codes = {row.code for row in told}
    printed, shown = storage.latest_releases(db, codes), storage.shown_figures(db, codes)
    for published in (printed, shown):
        told = hold(told, nearest(published, period), audience)
    known = {each: {**printed.get(each, {}), **shown.get(each, {})} for each in {**printed, **shown}}
    return withhold(told, known, period, _together)


def as_read(db: EncryptedDatabase, exact: Sequence[Estimate], period: Period, audience: Audience) -> list[Estimate]:
    """What a page shows this audience, kept for the next time.

    Over the periods whose figures are made again after each change, it moves with them and never before.
    """
    told = as_published(db, exact, period, audience)
    if audience is Audience.INTERNAL:
        return told
    known = storage.shown_figures(db, {row.code for row in told})
    shown = nearest(known, period)
    if period in readable_periods(get_community(db), local_today()):
        told = [_unexplained(row) for row in hold(told, shown, audience, least=inf)]
        fresh = {row.code for row in told} - {code for code, _ in shown}
    else:
        fresh = {
            one.code for one in releases(told, period, Audience.FUNDER) if shown.get((one.code, one.category)) != one
        }
    if fresh:
        kept = [row for row in told if row.code in fresh]
        storage.show_figures(db, period, releases(kept, period, Audience.FUNDER))
    return told


def refresh(db: EncryptedDatabase, actor: Actor, data: Data, period: Period, moment: datetime) -> list[Estimate]:
    """Compute a community's figures of a period again and store them, exact for the team and protected for funders.

    Give the protected ones.
    """
    exact = compute_all(data, period, get_community(db).kind)
    told = as_published(db, exact, period, Audience.FUNDER)
    figures = [
        *to_figures(exact, period, Audience.INTERNAL, moment),
        *to_figures(told, period, Audience.FUNDER, moment),
    ]
    replace_figures(db, actor, period.code, figures)
    return told


def _state(row: Estimate) -> FigureState:
    if row.masked:
        return FigureState.MASKED
    return FigureState.UNKNOWN if row.value is None else FigureState.MEASURED


def _unexplained(row: Estimate) -> Estimate:
    if row.masked:
        return replace(row, reason=SMALL)
    return replace(row, reason=MERGED if JOINT in row.category else "") if row.reason == HELD else row


def _together(row: Estimate) -> tuple[str, str]:
    """What is hidden with a row: its whole breakdown and its kin, a question or a level of school by itself."""
    code = min((code for kin in KIN if row.code in kin for code in kin), default=row.code)
    if row.code == BY_SCHOOL or row.code == LOCAL:
        return code, row.category.partition("/")[0]
    if row.code in BY_QUESTION:
        return code, _item(row)
    return code, row.category if row.code.startswith(("satisfaction.", "cohort.")) or row.code in OUTSIDE else ""


def _groups(code: str, rows: list[Estimate]) -> list[list[Estimate]]:
    """Rows that share a total: a whole breakdown, the levels of one question, else each figure by itself."""
    if code in BY_QUESTION:
        items = dict.fromkeys(_item(row) for row in rows)
        return [[row for row in rows if _item(row) == item] for item in items]
    if code == BY_SCHOOL:
        levels = dict.fromkeys(row.category.partition("/")[0] for row in rows)
        return [[row for row in rows if row.category.partition("/")[0] == level] for level in levels]
    if code.startswith(("satisfaction.", "cohort.")) or code in (CURVE, STILL_FOLLOWED):
        return [[row] for row in rows]
    return [rows]


def _protect(rows: list[Estimate], audience: Audience) -> list[Estimate]:
    code = rows[0].code
    orders = {BY_AGE: list(AGE_BANDS), DISTRIBUTION: [row.category for row in rows]}
    return protect(rows, CATALOGUE[code].sensitivity.value, audience.value, orders=orders)


def _item(row: Estimate) -> str:
    """Questionnaire and question of a level."""
    return row.category.split(JOINT)[0].rpartition("/")[0]


def _told(row: Estimate) -> Estimate:
    """Levels joined together name their question once; the numbers behind a share of a cohort stay inside the house."""
    if row.code == COMPLETE_PAIRS:
        return replace(row, effect=None)
    question = row.label.partition(OF_ITEM)[0]
    return _bare(replace(row, label=row.label.replace(f" / {question}{OF_ITEM}", " / ")))


def _bare(row: Estimate) -> Estimate:
    """A figure that has no value keeps its reason and no small number."""
    if row.masked or row.value is not None or CATALOGUE[row.code].sensitivity is Sensitivity.OPEN:
        return row
    if _tells_nobody_apart(row):
        return row
    people = row.n if row.n >= DEFAULTS.mean else 0
    known = {name: held for name, held in (row.effect or {}).items() if name != "share"} if people else None
    return replace(
        row, numerator=None, denominator=None, low=None, high=None, n=people, missing=0, effect=known or None
    )


def _tells_nobody_apart(row: Estimate) -> bool:
    """A number of people known by bounds that could both be published, as could the number of those between them."""
    if row.unit != "count" or CATALOGUE[row.code].sensitivity is not Sensitivity.PERSON:
        return False
    if row.low is None or row.high is None:
        return False
    return row.low >= DEFAULTS.person and not 0 < row.high - row.low < DEFAULTS.person


def _mark(row: Estimate) -> Estimate:
    return replace(row, masked=True, reason=SMALL)


def _by_code(estimates: Iterable[Estimate]) -> dict[str, list[Estimate]]:
    found: dict[str, list[Estimate]] = {}
    for row in estimates:
        found.setdefault(row.code, []).append(row)
    return found


def _mark_first_motives(rows: Sequence[Estimate], motives: Sequence[Estimate]) -> list[Estimate]:
    """A published motive less the same first motive is a number of children too, and may be a small one."""
    wider = {row.category: row.numerator for row in motives if not row.masked and row.numerator is not None}

    def small(row: Estimate) -> bool:
        rest = wider.get(row.category, row.numerator or 0) - (row.numerator or 0)
        return 0 < rest < (DEFAULTS.person if row.category in ORDINARY_MOTIVES else DEFAULTS.sensitive)

    return [_mark(row) if small(row) else row for row in rows]


def _hide_outcomes(published: dict[str, list[Estimate]]) -> None:
    """The row « pathway » of the decisions is the share taken up: both are shown, or the decisions are hidden."""
    taken, outcomes = published.get(TAKEN_UP, []), published.get(BY_OUTCOME, [])
    pathways = [row for row in outcomes if row.category == "pathway"]
    if taken and pathways and taken[0].masked != pathways[0].masked:
        published[BY_OUTCOME] = [_hidden(row) for row in outcomes]


def _hide_outside(published: dict[str, list[Estimate]]) -> None:
    """A level whose pupils out of sector are hidden in one place is hidden in the three."""
    hidden = {row.category for code in OUTSIDE for row in published.get(code, []) if row.masked}
    for code in OUTSIDE:
        if code in published:
            published[code] = [_hidden(row) if row.category in hidden else row for row in published[code]]


def _hide_local(published: dict[str, list[Estimate]]) -> None:
    """The index of a school gives back its part of disadvantaged pupils: it is hidden where that part is."""
    hidden = {row.category for row in published.get(BY_SCHOOL, []) if row.masked}
    if LOCAL in published:
        published[LOCAL] = [_hidden(row) if row.category in hidden else row for row in published[LOCAL]]


def _hide_distributions(published: dict[str, list[Estimate]], exact: Sequence[Estimate]) -> None:
    """The two favourable levels of a question add to its favourable answers: shown in both places, or hidden in one."""
    tops = {row.category: row for row in published.get(TOP_TWO, [])}
    levels = published.get(DISTRIBUTION, [])
    shown: list[Estimate] = []
    for item in dict.fromkeys(_item(row) for row in levels):
        rows = [row for row in levels if _item(row) == item]
        best = {row.category for row in exact if _item(row) == item and row.category}
        favourable = set(sorted(best)[-2:])
        top = tops.get(item)
        agree = top is None or top.masked != _adds_up(rows, favourable)
        shown += rows if agree else [_hidden(row) for row in rows]
    if levels:
        published[DISTRIBUTION] = shown


def _adds_up(rows: Sequence[Estimate], favourable: set[str]) -> bool:
    """Whether the favourable answers can be worked out from the rows shown."""
    parts = [set(row.category.split(JOINT)) for row in rows]
    whole = all(part <= favourable or not part & favourable for part in parts)
    return whole and not any(row.masked for row in rows)


def _hidden(row: Estimate) -> Estimate:
    """Like a row that `reports.disclosure` masks; a figure without value stays as it is."""
    if row.value is None and not row.masked:
        return row
    return replace(
        row, value=None, numerator=None, low=None, high=None, n=0, missing=0, masked=True, reason=SMALL, test=None,
        effect=None,
    )  # fmt: skip
