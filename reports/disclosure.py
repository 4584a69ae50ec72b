"""Small numbers: what may leave the house, and in which form. Nothing published bypasses `protect`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reports.records import Estimate
from reports.statistics.merging import Group, merge_ordered, merge_siblings
from reports.statistics.proportions import wilson
from reports.statistics.suppression import suppress_one_way

SENSITIVITIES = ("open", "person", "sensitive")
AUDIENCES = ("internal", "partner", "funder", "public")
COUNTED_UNITS = ("count", "share")
SMALL, SECONDARY, ALL_OR_NONE, OVERLAP = "small_number", "secondary", "all_or_none", "overlap"
MERGED, HELD, HIDDEN = "merged", "held", "hidden"
JOINT = "|"
DIRECTIONS = "directions"


@dataclass(frozen=True)
class Settings:
    """Thresholds in people: `person` and `sensitive` for counts, `mean` for averages and percentages, `full` and
    `weighted` for further statistics, `release` for a change between two reports; `decimals` of an average."""

    person: int = 5
    sensitive: int = 11
    mean: int = 11
    full: int = 30
    weighted: int = 100
    release: int = 5
    decimals: int = 1


DEFAULTS = Settings()


@dataclass(frozen=True)
class Rung:
    """What may be said with so many people behind a figure.

    `name`: "none", "masked", "counts" (in words, no percentage and no mean), "interval" (percentage with its interval,
    exact tests only), "full" (all two-sample tests, one-factor weights), "weighted" (raking, models). `tests`: "none",
    "exact" or "all".
    """

    name: str
    percentages: bool
    interval_required: bool
    tests: str
    subgroups: bool
    weights: bool


def rung(n: int, settings: Settings = DEFAULTS) -> Rung:
    """The step of the small-number ladder for n people; ValueError for a negative n."""
    if n < 0:
        raise ValueError("people cannot be negative")
    if n < settings.person:
        return Rung("masked" if n else "none", False, False, "none", False, False)
    if n < settings.mean:
        return Rung("counts", False, False, "none", False, False)
    if n < settings.full:
        return Rung("interval", True, True, "exact", False, False)
    return Rung("weighted" if n >= settings.weighted else "full", True, True, "all", True, True)


def protect(
    estimates: Sequence[Estimate],
    sensitivity: str,
    audience: str,
    *,
    settings: Settings = DEFAULTS,
    orders: Mapping[str, Sequence[str]] | None = None,
    parents: Mapping[str, str] | None = None,
    detail: bool = False,
) -> list[Estimate]:
    """The estimates as this audience may read them, in the order given (a merged category takes its first one's place).

    "internal" readers and "open" figures get them exact. Otherwise counts and shares of people are hidden under k, with
    their complement under k, and at 0 or 100 %; rows of the same code form a breakdown (category "" = its total) whose
    hidden rows protect each other; averages need 11 people and keep one decimal. `orders` gives the order of the
    categories of a code and `parents` the parent of a category: small ones are merged before anything is hidden.
    A masked row carries no number and its reason is "small_number" whatever the cause, since "all_or_none" would tell
    the figure and "secondary" narrow it; `detail` keeps the exact cause, for the author's own preview only.
    ValueError for an unknown sensitivity or audience.
    """
    if sensitivity not in SENSITIVITIES or audience not in AUDIENCES:
        raise ValueError("unknown sensitivity or audience")
    if audience == "internal" or sensitivity == "open":
        return list(estimates)
    rules = _Rules(settings, sensitivity == "sensitive")
    protected: list[Estimate] = []
    for code in dict.fromkeys(estimate.code for estimate in estimates):
        rows = [estimate for estimate in estimates if estimate.code == code]
        protected += rules.group(_merged(rows, rules, (orders or {}).get(code), parents or {}))
    places = {(e.code, e.category): place for place, e in reversed(list(enumerate(estimates)))}
    protected.sort(key=lambda e: places.get((e.code, e.category), places.get((e.code, e.category.split(JOINT)[0]), 0)))
    return protected if detail else [replace(e, reason=SMALL) if e.masked else e for e in protected]


@dataclass(frozen=True)
class _Rules:
    """The decisions for one sensitivity."""

    settings: Settings
    sensitive: bool

    @property
    def k(self) -> int:
        return self.settings.sensitive if self.sensitive else self.settings.person

    @property
    def k_mean(self) -> int:
        return max(self.k, self.settings.mean)

    def group(self, rows: Sequence[Estimate]) -> list[Estimate]:
        """All rows of one code: single figures, or a breakdown with or without its total."""
        lines = [row for row in rows if row.category]
        totals = [self._single(row) for row in rows if not row.category]
        if len(lines) < 2 or _overlapping(lines):
            return totals + [self._single(row) for row in lines]
        partition = _is_partition(rows)
        causes = [self._cause(row, alone=not partition) for row in lines]
        if partition and _all_in_one(lines):
            causes = [ALL_OR_NONE] * len(lines)
        counted = lines[0].unit in COUNTED_UNITS
        hidden, safe = suppress_one_way(
            [bool(cause) for cause in causes], _vectors(lines, partition), self.k if counted else self.k_mean
        )
        if not safe:
            totals = [self._masked(total, total.reason or SECONDARY, False) for total in totals]
        keep = partition and safe
        return totals + [
            self._masked(row, cause or SECONDARY, keep) if hide else self._published(row)
            for row, cause, hide in zip(lines, causes, hidden, strict=True)
        ]

    def _single(self, row: Estimate) -> Estimate:
        cause = self._cause(row, alone=True)
        return self._masked(row, cause, True) if cause else self._published(row)

    def _cause(self, row: Estimate, alone: bool) -> str:
        """Why a row is hidden for itself, "" when it need not be; `alone` = its 0 % would speak of everyone concerned."""
        if row.masked:
            return row.reason or SMALL
        if row.unit not in COUNTED_UNITS:
            return SMALL if 0 < _people(row) < self.k_mean or (row.value is not None and not _people(row)) else ""
        count, base = _count(row), row.denominator
        if 0 < row.n < self.k or (base is not None and 0 < base < self.k) or 0 < count < self.k:
            return SMALL
        if count == 0:
            tells = row.value is not None and base != 0 and (self.sensitive or (alone and base is not None))
            return ALL_OR_NONE if tells else ""
        if base is None or base < count:
            return ""
        if base == count:
            return ALL_OR_NONE
        return SMALL if base - count < self.k else ""

    def _masked(self, row: Estimate, reason: str, keep_base: bool) -> Estimate:
        base = row.denominator
        shown = keep_base and row.unit in COUNTED_UNITS and base is not None and base >= self.k
        return replace(
            row,
            value=None,
            numerator=None,
            denominator=base if shown else None,
            low=None,
            high=None,
            n=0,
            missing=0,
            masked=True,
            reason=reason,
            test=None,
            effect=None,
        )

    def _tells(self, row: Estimate) -> bool:
        """Whether how many went down, stayed or went up speaks of a few people, or of everyone."""
        effect = row.effect or {}
        counts = [float(effect[name]) for name in ("down", "same", "up")]
        return any(0 < count < self.k for count in counts) or max(counts) == sum(counts)

    def _published(self, row: Estimate) -> Estimate:
        """Exact for counts and shares, a share of few people without the interval that it has no right to; an average is
        rounded and loses its sum, which would give a leaver's score.
        """
        if row.unit == "share" and not rung(round(row.denominator or row.n), self.settings).percentages:
            return replace(row, low=None, high=None, method="", test=None)
        if row.unit in COUNTED_UNITS or row.value is None:
            return row
        if row.effect is not None and row.effect.get("name") == DIRECTIONS and self._tells(row):
            # The bounds and the test would give the counts back.
            return self._published(replace(row, low=None, high=None, effect=None, test=None))
        decimals = 3 if row.unit == "index" else self.settings.decimals
        low, high = (None if bound is None else round(bound, decimals) for bound in (row.low, row.high))
        kept = {name: self.settings.decimals if _is_mean(row, name) else max(decimals, 2) for name in row.effect or ()}
        effect = row.effect and {
            name: round(held, kept[name]) if isinstance(held, float) else held for name, held in row.effect.items()
        }
        return replace(row, value=round(row.value, decimals), low=low, high=high, numerator=None, effect=effect)


def _is_mean(row: Estimate, name: str) -> bool:
    """Whether what an effect carries under this name is an average, to be rounded as one."""
    return name.startswith("mean_") or (row.unit == "mean" and name in ("before", "after"))


def _people(row: Estimate) -> float:
    return row.n or row.denominator or 0


def _count(row: Estimate) -> float:
    """People counted by a count or a share."""
    if row.numerator is not None:
        return row.numerator
    if row.value is None:
        return 0
    return row.value * (row.denominator or 0) if row.unit == "share" else row.value


def _same_base(lines: Sequence[Estimate]) -> bool:
    return all(row.unit in COUNTED_UNITS and row.denominator == lines[0].denominator for row in lines)


def _is_partition(rows: Sequence[Estimate]) -> bool:
    """Categories that share out the same people: they add to their base, those unknown set apart, and to their total.

    Shares of subgroups that happen to have the same size do not.
    """
    lines = [row for row in rows if row.category]
    if not _same_base(lines):
        return False
    base, together = lines[0].denominator, sum(_count(row) for row in lines)
    if base is None:
        return True
    if any(row.masked for row in lines):
        return together <= base
    return abs(together + max(row.missing for row in lines) - base) < 1e-9 or abs(together - base) < 1e-9


def _overlapping(lines: Sequence[Estimate]) -> bool:
    """Several answers per person: the categories of one base add to more than it, hence to no published total."""
    base = lines[0].denominator if lines else None
    return base is not None and _same_base(lines) and sum(_count(row) for row in lines) > base + 1e-9


def _all_in_one(lines: Sequence[Estimate]) -> bool:
    counts = [_count(row) for row in lines]
    return sum(counts) > 0 and max(counts) == (lines[0].denominator or sum(counts))


def _vectors(lines: Sequence[Estimate], partition: bool) -> list[list[float]]:
    """The additive counts that a reader could subtract from a total."""
    if lines[0].unit not in COUNTED_UNITS:
        return [[_people(row) for row in lines]]
    counts = [_count(row) for row in lines]
    if partition:
        return [counts]
    return [counts, [max((row.denominator or 0) - count, 0) for row, count in zip(lines, counts, strict=True)]]


def _merged(
    rows: Sequence[Estimate], rules: _Rules, order: Sequence[str] | None, parents: Mapping[str, str]
) -> list[Estimate]:
    lines = {row.category: row for row in rows if row.category}
    if len(lines) < 2 or len(lines) != sum(1 for row in rows if row.category) or not _is_partition(rows):
        return list(rows)
    groups: list[Group] = [(name,) for name in lines]
    if order is not None and set(lines) <= set(order):
        ordered = [(name, _count(lines[name])) for name in order if name in lines]
        groups = merge_ordered(ordered, rules.k, rules.sensitive)
    elif any(name in parents for name in lines):
        siblings = [(name, _count(row)) for name, row in lines.items()]
        groups = merge_siblings(siblings, parents, rules.k, rules.sensitive)
    return [row for row in rows if not row.category] + [_joined([lines[name] for name in names]) for names in groups]


def _joined(lines: Sequence[Estimate]) -> Estimate:
    first = lines[0]
    if len(lines) == 1:
        return first
    count, base = sum(_count(row) for row in lines), first.denominator
    bounds = wilson(round(count), round(base)) if base and first.method.startswith("wilson") else None
    same_n = all(row.n == first.n for row in lines)
    return replace(
        first,
        category=JOINT.join(row.category for row in lines),
        label=" / ".join(row.label for row in lines if row.label),
        value=count / base if first.unit == "share" and base else count if first.unit == "count" else None,
        numerator=count,
        low=bounds[0] if bounds else None,
        high=bounds[1] if bounds else None,
        method=first.method if bounds else "",
        n=first.n if same_n and base else sum(row.n for row in lines),
        missing=max(row.missing for row in lines),
        reason=MERGED,
        test=None,
        effect=None,
    )


def release(previous: Estimate | None, current: Estimate, changed: int, least: int = DEFAULTS.release) -> Estimate:
    """The figure to publish next: the previous one, marked "held", until at least `least` people behind it changed.

    `changed` counts them since the previous publication. An identical figure is returned unmarked.
    """
    return release_breakdown([] if previous is None else [previous], [current], {current.category: changed}, least)[0]


def release_breakdown(
    previous: Sequence[Estimate],
    current: Sequence[Estimate],
    changed: Mapping[str, int],
    least: float = DEFAULTS.release,
) -> list[Estimate]:
    """A breakdown moves as a whole, once every published row that changed did so for `least` people or more.

    `changed` counts, per category, the people who entered or left it since the previous publication. Rows masked both
    times count as one, for their sum can be worked out from the others, and so do those of a base that are shown once.
    Moving rows one by one would betray the others through the total. Held, it keeps the previous rows, all marked
    "held": a mark on those that would differ would tell of whom the few who changed are.
    """
    if not previous:
        return list(current)
    old, new = ({row.category: row for row in rows} for rows in (previous, current))
    categories = dict.fromkeys([*old, *new])
    unseen = [name for name in categories if not any(name in rows and not rows[name].masked for rows in (old, new))]
    moves = [changed.get(name, 0) for name in categories if name not in unseen]
    moves.append(sum(changed.get(name, 0) for name in unseen))
    moves.append(_rest_moved(old, new))
    if all(move == 0 or move >= least for move in moves):
        return list(current)
    if all(was.masked or _same_figure(was, new.get(name)) for name, was in old.items()):
        return list(old.values())
    return [was if was.masked else replace(was, reason=HELD) for was in old.values()]


def _rest_moved(old: Mapping[str, Estimate], new: Mapping[str, Estimate]) -> int:
    """People by whom the rows that are not shown both times moved together, when one of them is shown once.

    None of 83 at one school, then a hidden row: what the shown rows leave of the base tells how many came.
    """
    shown = [{name for name, row in rows.items() if not row.masked} for rows in (old, new)]
    both = shown[0] & shown[1]
    bases = [{row.denominator for row in rows.values() if row.denominator is not None} for rows in (old, new)]
    if shown[0] == shown[1] or any(len(each) != 1 for each in bases):
        return 0
    rests = [
        base - sum(rows[name].numerator or 0 for name in both) for rows, (base,) in zip((old, new), bases, strict=True)
    ]
    return round(abs(rests[1] - rests[0]))


def _same_figure(was: Estimate, now: Estimate | None) -> bool:
    figures = (was.value, was.numerator, was.denominator)
    return now is not None and figures == (now.value, now.numerator, now.denominator)


@dataclass(frozen=True)
class Explanation:
    """What happened to a figure: `kind` "merged", "held" or "hidden", the categories concerned, the cause when hidden."""

    kind: str
    code: str
    categories: tuple[str, ...] = ()
    cause: str = ""


def explain(before: Sequence[Estimate], after: Sequence[Estimate]) -> list[Explanation]:
    """Compare exact and published estimates; causes are precise when `after` was made with `detail`."""
    exact = {(row.code, row.category) for row in before if not row.masked}
    masked_before = {(row.code, row.category) for row in before if row.masked}
    explanations: list[Explanation] = []
    for row in after:
        known = (row.code, row.category) in exact | masked_before
        parts = (row.category,) if known else tuple(row.category.split(JOINT))
        categories = tuple(part for part in parts if part)
        if not known or row.reason == MERGED:
            explanations.append(Explanation(MERGED, row.code, categories))
        if row.masked and (row.code, row.category) not in masked_before:
            explanations.append(Explanation(HIDDEN, row.code, categories, row.reason))
        elif row.reason == HELD:
            explanations.append(Explanation(HELD, row.code, categories))
    return explanations
