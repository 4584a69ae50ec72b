"""The design that the figures of a report hold: what decides the verbs, whatever its readers would like to write."""

from reports.composition.cohorts import outcome
from reports.composition.ladder import Design, design_of
from reports.composition.words import Estimates
from reports.records import Estimate

_RISES = ("some_rise", "marked_rise")


def found_design(estimates: Estimates, *, mechanism: bool) -> Design:
    """One wave; before and after when the same people answered or were reviewed twice; several sources when two of them
    rise beyond their margin and the community has written a mechanism (`mechanism`: a supported link of its chain).

    Nobody collects a comparison group here: the two highest designs are out of reach.
    """
    pairs = [row for row in estimates.rows("cohort.complete_pairs") if _is_known(row)]
    reviewed = [row for row in estimates.rows("pre.domain_change") if _is_known(row)]
    rising = [pair for pair in pairs if _rises(outcome(estimates, f"{pair.category}/"))]
    sources = len(rising) + any(row.low is not None and row.low > 0 for row in reviewed)
    return design_of(2 if pairs or reviewed else 1, sources=sources, mechanism=mechanism)


def _is_known(row: Estimate) -> bool:
    return bool(row.value) or row.masked or row.low is not None


def _rises(row: Estimate | None) -> bool:
    return row is not None and (row.effect or {}).get("verdict") in _RISES
