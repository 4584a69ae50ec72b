"""Small hand-made data for worked examples: empty frames with the true columns, and short ways to fill them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from impact.periods import Period
from reports.data import Data, Item
from reports.records import Estimate

YEAR = Period(date(2024, 9, 1), date(2025, 8, 31))
KINDS = {"state": "État", "association": "Association", "health": "Santé"}
LEVELS = {1: "Pas du tout", 2: "Plutôt pas", 3: "Entre les deux", 4: "Plutôt", 5: "Tout à fait"}
LABELS: dict[str, dict[str, str]] = {
    "cycle": {"1": "Premier cycle", "2": "Second cycle"},
    "organisation_kind": KINDS,
    "action_state": {"planned": "Prévue", "under_way": "En cours", "done": "Terminée"},
    "action_age": {"0-3": "0 à 3 ans", "11-15": "11 à 15 ans", "16-18": "16 à 18 ans"},
    "sex": {"girl": "Filles", "boy": "Garçons"},
    "age_band": {"2-5": "2–5 ans", "6-10": "6–10 ans", "11-16": "11–16 ans", "17+": "17 ans et plus"},
    "outcome": {"pathway": "Parcours", "refused": "Non retenue", "waiting": "En attente", "undecided": "Sans décision"},
    "origins": {"school": "École", "parents": "Famille"},
    "profiles": {"light": "Suivi léger", "close": "Suivi renforcé"},
    "motives": {"results": "Résultats", "isolation": "Isolement", "health": "Santé"},
    "domains": {"school": "École", "sport": "Sport"},
    "exit_reasons": {"reached": "Objectifs atteints", "moved": "Déménagement"},
    "result": {"reached": "Atteint", "partly": "En partie", "not_reached": "Non atteint"},
    "contact_kind": {"call": "Appel", "home_visit": "Visite"},
    "priority": {"none": "Hors éducation prioritaire", "rep": "REP", "rep_plus": "REP+"},
    "stage": {"nursery": "Maternelle", "primary": "Élémentaire", "college": "Collège", "lycee": "Lycée"},
    "opinion": {"child": "Enfant", "parents": "Parents", "referent": "Référent"},
    "months": {"6": "6 mois", "12": "12 mois", "18": "18 mois", "24": "24 mois"},
    "questionnaire": {"parents": "Votre avis"},
}
COLUMNS = {
    "workshops": ("cycle_id", "workshop_id", "held_on", "state", "title", "head_count", "core_threshold"),
    "attendance": ("cycle_id", "workshop_id", "held_on", "member_id", "organisation_id", "organisation_kind"),
    "organisations": ("organisation_id", "kind"),
    "situations": (
        "situation_id", "child_id", "home", "received_on", "sex", "age_band", "origin", "first_outcome", "outcome", "decided_on",
        "pathway_id", "started_on", "ended_on", "exit_reason", "expected_end_on", "consent_on",
    ),
    "profiles": ("situation_id", "pathway_id", "since_on", "profile"),
    "episodes": ("pathway_id", "rank", "started_on", "ended_on", "exit_reason"),
    "motives": ("situation_id", "code", "position"),
    "objectives": ("pathway_id", "objective_id", "result", "level_before", "level_after"),
    "notes": ("pathway_id", "contact_on", "contact_kind", "minutes"),
    "domains": ("pathway_id", "domain", "reviewed_on", "score"),
    "schooling": ("child_id", "school_year", "level", "qpv", "priority"),
    "pathway_actions": (
        "pathway_id", "action_id", "domain", "started_on", "ended_on", "hours", "cost", "cofunded",
    ),
    "referents": ("pathway_id", "member_id", "since_on", "until_on"),
    "exits": ("pathway_id", "exit_id", "ended_on", "relayed", "child_said", "parents_said", "referent_said"),
    "support_meetings": ("meeting_id", "held_on", "situations", "invited", "present"),
    "waves": ("wave_id", "questionnaire_code", "opens_on", "closes_on", "invited", "responses"),
    "link_rounds": ("round_id", "held_on"),
    "links": ("round_id", "declarer_id", "partner_id", "question_id", "kind", "made_on"),
    "actions": ("action_id", "state", "starts_on", "ends_on", "partners"),
    "action_ages": ("action_id", "age_band"),
    "fundings": ("action_id", "asked", "granted", "spent"),
    "meetings": ("meeting_id", "held_on", "kind", "people"),
    "meeting_presences": ("meeting_id", "organisation_id", "organisation_kind"),
    "mandates": ("member_id", "joined_on", "left_on", "mandated_on", "until_on"),
    "levels": ("organisation_id", "level", "form"),
    "events": ("event_id", "series_id", "kind", "held_on", "registered", "excused", "on_site", "remote"),
    "event_heads": ("event_id", "series_id", "organisation_kind", "present"),
    "class_presences": ("event_id", "series_id", "class_id", "size", "present"),
    "series_targets": ("series_id", "organisation_kind", "percent"),
    "coordination": ("day", "kind", "minutes"),
    "offers": ("offer_id", "offered_on", "opinions", "relevant"),
    "family_presences": ("workshop_id", "held_on", "family_id", "adults", "children"),
}  # fmt: skip


def frame(name: str, rows: Sequence[Mapping[str, Any]] = ()) -> pd.DataFrame:
    """A frame of `Data` with all its columns, days as datetime64."""
    made = pd.DataFrame([dict(row) for row in rows], columns=list(COLUMNS[name]))
    for column in made.columns:
        if column.endswith("_on"):
            made[column] = pd.to_datetime(made[column])
    return made


def empty() -> Data:
    """A community that has nothing yet."""
    return Data(**{name: frame(name) for name in COLUMNS}, answers={}, items={}, labels=LABELS)


def workshops(sheets: Sequence[Iterable[int] | int | None], threshold: int | None = None, cycle: int = 1) -> Data:
    """One cycle, a workshop a month from October 2024; a sheet is a set of people, a head count, or nothing.

    Person n belongs to organisation n // 2, whose kind goes round « state, association, health ».
    """
    days = pd.date_range("2024-10-15", periods=len(sheets), freq="MS")
    held, present = [], []
    for place, (sheet, day) in enumerate(zip(sheets, days, strict=True), start=1):
        workshop = {"cycle_id": cycle, "workshop_id": cycle * 100 + place, "held_on": day}
        heads = sheet if isinstance(sheet, int) else None
        held.append({**workshop, "state": "held", "title": f"Atelier {place}", "head_count": heads})
        for person in () if sheet is None or isinstance(sheet, int) else sheet:
            organisation = {"organisation_id": person // 2, "organisation_kind": list(KINDS)[person // 2 % 3]}
            present.append({**workshop, "member_id": person, **organisation})
    made = frame("workshops", held)
    made["core_threshold"] = threshold
    return replace(empty(), workshops=made, attendance=frame("attendance", present))


def situations(rows: Sequence[Mapping[str, Any]], **frames: Sequence[Mapping[str, Any]]) -> Data:
    """Situations numbered from 1, a child each unless told, a pathway (of the same number) when it starts.

    Each pathway has one episode unless `episodes` are told.
    """
    usual = {"received_on": "2024-10-01", "sex": "girl", "age_band": "6-10", "origin": "school"}
    made = [
        {
            **usual,
            "situation_id": number,
            "child_id": number,
            "home": f"child {number}",
            "pathway_id": number if "started_on" in row else None,
            **row,
        }
        for number, row in enumerate(rows, start=1)
    ]
    whole = [{**row, "rank": 1} for row in made if row["pathway_id"]]
    told = {"episodes": [{key: row.get(key) for key in COLUMNS["episodes"]} for row in whole], **frames}
    others: dict[str, Any] = {name: frame(name, rows) for name, rows in told.items()}
    return replace(empty(), situations=frame("situations", made), **others)


def wave(levels: Mapping[str, Sequence[int | None]], responses: int, invited: int | None) -> Data:
    """One wave of the questionnaire « parents »; None is a refusal."""
    answers = [
        {"response_id": number, "question": question, "level": level}
        for question, given in levels.items()
        for number, level in enumerate(given, start=1)
    ]
    table = pd.DataFrame(answers, columns=["response_id", "question", "level"]).astype({"level": "Int64"})
    row = {"wave_id": 1, "questionnaire_code": "parents", "opens_on": "2025-05-01", "closes_on": "2025-06-01"}
    waves = frame("waves", [{**row, "invited": invited, "responses": responses}])
    items = tuple(Item(code, f"Question {code}", LEVELS) for code in levels)
    return replace(empty(), waves=waves, answers={1: table}, items={1: items})


def by_category(estimates: Sequence[Estimate]) -> dict[str, float | None]:
    """Value by category."""
    check_values(estimates)
    return {estimate.category: estimate.value for estimate in estimates}


def counts(estimates: Sequence[Estimate]) -> dict[str, float | None]:
    """Numerator by category."""
    check_values(estimates)
    return {estimate.category: estimate.numerator for estimate in estimates}


def check_values(estimates: Sequence[Estimate]) -> None:
    """A share is its numerator over its base, a count its numerator."""
    for row in estimates:
        if row.unit == "share" and row.value is not None and row.numerator is not None and row.denominator:
            assert row.value == pytest.approx(row.numerator / row.denominator), row
        elif row.unit == "count" and row.value is not None and row.numerator is not None and row.denominator is None:
            assert row.value == row.numerator, row
