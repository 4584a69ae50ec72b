"""Frames for computing: their columns, their types, and no word about a child."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from impact.accounts.access import FieldClass
from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.exceptions import Refused
from impact.identities import Identity
from impact.pathways import frame_storage as frames
from impact.pathways.action_storage import save_action
from impact.pathways.file_storage import get_file
from impact.pathways.pathway_storage import add_note, end_pathway, reopen_pathway
from impact.pathways.records import Decision, Exit, Note, PathwayAction, Schooling
from impact.pathways.schooling_storage import save_schooling
from impact.pathways.storage import add_decision
from impact.pathways.vocabulary import ContactKind, InQpv, Level, ObjectiveResult, Outcome

TODAY = date(2026, 11, 20)
COLUMNS = {
    "situation": "situation_id child_id home received_on sex age_band age_band_received origin first_outcome outcome decided_on"
    " pathway_id started_on ended_on exit_reason consent_on expected_end_on",
    "episode": "pathway_id rank started_on ended_on exit_reason",
    "profile": "situation_id pathway_id since_on profile",
    "motive": "situation_id code position",
    "objective": "pathway_id objective_id result level_before level_after",
    "note": "pathway_id contact_on contact_kind minutes",
    "schooling": "child_id school_year level qpv priority",
    "action": "pathway_id action_id domain started_on ended_on hours cost cofunded",
    "referent": "pathway_id member_id since_on until_on",
}


def every_frame(db: EncryptedDatabase) -> dict[str, pd.DataFrame]:
    return {
        "situation": frames.situation_frame(db, TODAY),
        "episode": frames.episode_frame(db),
        "profile": frames.profile_frame(db),
        "motive": frames.motive_frame(db),
        "objective": frames.objective_frame(db),
        "note": frames.note_frame(db),
        "schooling": frames.schooling_frame(db),
        "action": frames.pathway_action_frame(db),
        "referent": frames.referent_frame(db),
    }


def check_types(made: dict[str, pd.DataFrame]) -> None:
    for name, frame in made.items():
        assert list(frame.columns) == COLUMNS[name].split()
    situation = made["situation"]
    for name in ("received_on", "decided_on", "started_on", "ended_on", "consent_on"):
        assert pd.api.types.is_datetime64_dtype(situation[name])
    assert pd.api.types.is_datetime64_dtype(made["note"]["contact_on"])


def test_frames_of_an_empty_file(db: EncryptedDatabase) -> None:
    made = every_frame(db)
    check_types(made)
    assert all(frame.empty for frame in made.values())


def test_frames_hold_figures_and_no_word(
    db: EncryptedDatabase, amina: Actor, basile: Actor, followed: Callable[..., int], received: Callable[..., int]
) -> None:
    child = followed("CANARI-PRENOM", "CANARI-NOM", context="CANARI-CONTEXTE", scope=tuple(FieldClass)[1:])
    note = Note(TODAY, ContactKind.CALL, 20, None, FieldClass.SCHOOL, "CANARI-FAITS", "CANARI-AVIS")
    add_note(db, basile, child, note, TODAY)
    add_note(db, amina, child, replace(note, field_class=FieldClass.JUSTICE, minutes=None), TODAY)
    pathway = get_file(db, child).pathway
    assert pathway is not None
    results = {objective.id: ObjectiveResult.PARTLY for objective in pathway.objectives}
    action = PathwayAction("school", "CANARI-ACTION", date(2026, 10, 1), rhythm="CANARI-RYTHME", hours=12.5)
    paid = replace(action, cost_cents=30050, cofunded_cents=10000, cofunder="CANARI-COFINANCEUR")
    save_action(db, amina, child, paid, TODAY)
    school = Schooling(2026, "CANARI-ECOLE", Level.CE2, "CANARI-CLASSE", qpv=InQpv.YES)
    save_schooling(db, amina, get_file(db, child).situation.child_id, school, TODAY)
    end_pathway(db, amina, child, Exit(TODAY, "moved", "CANARI-RELAIS", results), TODAY)
    refused = received("Nour", "Lilas", child=Identity("Lilas", "Nour"))
    add_decision(db, amina, refused, Decision(date(2026, 9, 10), Outcome.WAITING, "CANARI-RAISON"), TODAY)
    add_decision(db, amina, refused, Decision(date(2026, 10, 1), Outcome.REFUSED, "CANARI-RAISON"), TODAY)
    made = every_frame(db)
    check_types(made)
    text = " ".join(frame.to_csv() for frame in made.values())
    for word in ("CANARI", "2017", "Formulaire", "Dalva"):
        assert word not in text
    situation = made["situation"].set_index("situation_id")
    assert situation.loc[child, ["age_band", "age_band_received", "outcome", "exit_reason"]].tolist() == [
        "6-10",
        "6-10",
        "pathway",
        "moved",
    ]
    assert situation.loc[child, "ended_on"] == pd.Timestamp(TODAY)
    assert situation.loc[refused, ["age_band", "first_outcome", "outcome"]].tolist() == [
        "unknown",
        "waiting",
        "refused",
    ]
    assert situation.loc[refused, ["pathway_id", "started_on", "consent_on"]].isna().all()
    assert made["motive"].query("situation_id == @child").code.tolist() == ["school_results", "isolation"]
    assert made["objective"].result.tolist() == ["partly", "partly"]
    assert made["note"].minutes.isna().tolist() == [False, True]
    assert made["schooling"].iloc[0].tolist()[1:] == [2026, "ce2", "yes", "unknown"]
    assert made["action"][["domain", "hours", "cost", "cofunded"]].iloc[0].tolist() == ["school", 12.5, 300.5, 100]


def test_an_exit_stays_when_the_pathway_is_reopened(
    db: EncryptedDatabase, amina: Actor, followed: Callable[..., int]
) -> None:
    child = followed()
    pathway = get_file(db, child).pathway
    assert pathway is not None
    results = {objective.id: ObjectiveResult.PARTLY for objective in pathway.objectives}
    end_pathway(db, amina, child, Exit(date(2026, 10, 10), "moved", "", results), TODAY)
    reopen_pathway(db, amina, child, date(2026, 10, 20), "Retour dans la ville", TODAY)
    better = dict.fromkeys(results, ObjectiveResult.REACHED)
    with pytest.raises(Refused, match="repris le 20/10/2026"):
        end_pathway(db, amina, child, Exit(date(2026, 10, 15), "reached", "", better), TODAY)
    assert frames.situation_frame(db, TODAY).ended_on.isna().all()
    end_pathway(db, amina, child, Exit(date(2026, 11, 10), "reached", "", better), TODAY)
    days = frames.episode_frame(db)[["rank", "started_on", "ended_on", "exit_reason"]].astype(str).to_numpy().tolist()
    assert days == [["1", "2026-09-28", "2026-10-10", "moved"], ["2", "2026-10-20", "2026-11-10", "reached"]]
    assert frames.objective_frame(db).result.tolist() == ["reached", "reached"]
    assert frames.situation_frame(db, TODAY).exit_reason.tolist() == ["reached"]


@pytest.mark.parametrize(
    ("birth", "band"),
    [
        (None, "unknown"),
        (date(2024, 11, 21), "unknown"),
        (date(2024, 11, 20), "2-5"),
        (date(2020, 11, 21), "2-5"),
        (date(2020, 11, 20), "6-10"),
        (date(2015, 11, 21), "6-10"),
        (date(2015, 11, 20), "11-16"),
        (date(2009, 11, 21), "11-16"),
        (date(2009, 11, 20), "17+"),
    ],
)
def test_age_bands(birth: date | None, band: str) -> None:
    assert frames.age_band(birth, TODAY) == band
