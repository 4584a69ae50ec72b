"""The one door to the packages on the left: frames without names, and the words of their codes."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Item:
    """A closed question as it was asked: its levels from the least to the most favourable, with their words."""

    code: str
    label: str
    levels: Mapping[int, str]


@dataclass(frozen=True)
class Data:
    """Everything that computing may see of a community; no name, birth date, address or free text.

    Columns: `workshops` cycle_id, workshop_id, held_on, state, title, head_count, core_threshold; `attendance` cycle_id,
    workshop_id, held_on, member_id, organisation_id, organisation_kind; `organisations` organisation_id, kind;
    `situations` situation_id, child_id, received_on, sex, age_band, origin, first_outcome, outcome, decided_on,
    pathway_id, started_on, ended_on, exit_reason; `motives` situation_id, code, position; `objectives` pathway_id,
    objective_id, result; `notes` pathway_id, contact_on, contact_kind, minutes; `waves` wave_id, questionnaire_code,
    opens_on, closes_on, invited, responses. `answers` (response_id, question, level) and `items` go by wave_id;
    `labels` by list ("motive", "origin"...), then code, in the order in which they are shown.
    """

    workshops: pd.DataFrame
    attendance: pd.DataFrame
    organisations: pd.DataFrame
    situations: pd.DataFrame
    motives: pd.DataFrame
    objectives: pd.DataFrame
    notes: pd.DataFrame
    waves: pd.DataFrame
    answers: Mapping[int, pd.DataFrame]
    items: Mapping[int, tuple[Item, ...]]
    labels: Mapping[str, Mapping[str, str]]
