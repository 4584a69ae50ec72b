"""Sector of residence against school attended. The label is "schooling outside the sector's school": reasons are unknown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from reports.statistics.arrays import Floats, Table, counts_table
from reports.statistics.reasons import Reason
from reports.statistics.segregation import TwoGroups, two_group_indices

Rates = tuple[float | None, ...]


@dataclass(frozen=True)
class Flows:
    """Pupils by sector (tuples follow the sectors; rates in 0..1, None for a sector without residents)."""

    residents: tuple[int, ...]
    stay: Rates
    other_public: Rates
    private: Rates
    outside: Rates
    outside_total: float | None
    incoming_public: tuple[int, ...]
    net_public: tuple[int, ...]
    reason: str = ""


def _over(part: Floats, whole: Floats) -> Rates:
    return tuple(float(a / b) if b else None for a, b in zip(part, whole, strict=True))


def _checked(table: Table) -> Floats:
    counts = counts_table(table)
    if counts.size and counts.shape[1] < counts.shape[0]:
        raise ValueError("one column per sector, in the order of the rows, is expected first")
    return counts


def flows(table: Table) -> Flows:
    """Rows = sectors of residence; first columns = the sectors' own public schools in the same order, then private schools."""
    counts = _checked(table)
    sectors = len(counts)
    public = counts[:, :sectors]
    residents, stayed = counts.sum(axis=1), np.diag(public)
    moved = public.sum(axis=1) - stayed
    incoming = public.sum(axis=0) - stayed
    total = float(residents.sum())
    return Flows(
        residents=tuple(int(n) for n in residents),
        stay=_over(stayed, residents),
        other_public=_over(moved, residents),
        private=_over(counts[:, sectors:].sum(axis=1), residents),
        outside=_over(residents - stayed, residents),
        outside_total=float(total - stayed.sum()) / total if total else None,
        incoming_public=tuple(int(n) for n in incoming),
        net_public=tuple(int(n) for n in incoming - moved),
        reason="" if total else Reason.EMPTY,
    )


@dataclass(frozen=True)
class SocialFlows:
    """The same by social group, and the mix if all stayed against the mix observed (private schools as units).

    `gap` is the outside rate of the others minus that of the group; shares are the group's, by sector and by public school.
    """

    together: Flows
    group: Flows
    others: Flows
    gap: float | None
    share_sector: Rates
    share_school: Rates
    if_all_stayed: TwoGroups
    observed: TwoGroups


def social_flows(group: Table, others: Table) -> SocialFlows:
    """Compare two social groups over the same sectors and schools (tables as in `flows`)."""
    first, second = _checked(group), _checked(others)
    if first.shape != second.shape:
        raise ValueError("the same sectors and schools are expected for both groups")
    both = first + second
    mine, theirs = flows(first), flows(second)
    known = mine.outside_total is not None and theirs.outside_total is not None
    sectors = len(both)
    return SocialFlows(
        together=flows(both),
        group=mine,
        others=theirs,
        gap=(theirs.outside_total or 0.0) - (mine.outside_total or 0.0) if known else None,
        share_sector=_over(first.sum(axis=1), both.sum(axis=1)),
        share_school=_over(first.sum(axis=0)[:sectors], both.sum(axis=0)[:sectors]),
        if_all_stayed=two_group_indices(list(first.sum(axis=1)), list(both.sum(axis=1))),
        observed=two_group_indices(list(first.sum(axis=0)), list(both.sum(axis=0))),
    )


def stay_rate(sector_schools: Mapping[str, Sequence[str]], pupils: Sequence[tuple[str, str]]) -> float | None:
    """Share of pupils (sector, school attended) in any public school of their sector: sectors may have several."""
    stayed = [school in sector_schools.get(sector, ()) for sector, school in pupils]
    return sum(stayed) / len(stayed) if stayed else None
