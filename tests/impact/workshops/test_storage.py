"""Cycles, workshops and attendance in a real file; frames without names; the demonstration."""

from dataclasses import replace
from datetime import date

import pytest

from impact.audit import SYSTEM, Actor
from impact.communities.storage import add_member, add_organisation, end_member, list_members, list_organisations
from impact.db import EncryptedDatabase
from impact.demo import ESSONNE
from impact.exceptions import Conflict, NotFound, Refused, Repeated
from impact.identities import Identity
from impact.instance import Instance
from impact.vocabulary import OrganisationKind
from impact.workshops import demo
from impact.workshops.frames import attendance_frame, organisation_frame, workshop_frame
from impact.workshops.records import AttendanceSheet, Cycle, Newcomer, Workshop
from impact.workshops.storage import (
    add_cycle,
    add_workshop,
    cancel_workshop,
    change_cycle,
    change_workshop,
    get_cycle,
    get_workshop,
    list_attendees,
    list_cycles,
    list_workshops,
    people_to_tick,
    present_ids,
    record_attendance,
    reopen_workshop,
)
from impact.workshops.vocabulary import WorkshopState

TODAY = date(2026, 11, 20)
CANARY = "Serinette"


@pytest.fixture
def workshop_id(db: EncryptedDatabase, amina: Actor) -> int:
    cycle_id = add_cycle(db, amina, Cycle(0, "Cycle", "But"))
    return add_workshop(db, amina, Workshop(0, cycle_id, "Premier", date(2026, 11, 10), "Préau"))


def people(db: EncryptedDatabase, actor: Actor, count: int) -> list[int]:
    return [add_member(db, actor, Identity(f"Nuage{n}", "Ode"), None, TODAY) for n in range(count)]


def sheet(workshop_id: int, *members: int, head_count: int | None = None, version: int = 1) -> AttendanceSheet:
    return AttendanceSheet(workshop_id, members, head_count, version)


def test_a_cycle_is_kept_and_changed(db: EncryptedDatabase, amina: Actor) -> None:
    cycle_id = add_cycle(db, amina, Cycle(0, "NULL", "But", 3), "clé")
    with pytest.raises(Repeated):
        add_cycle(db, amina, Cycle(0, "NULL", "But", 3), "clé")
    assert list_cycles(db) == [Cycle(cycle_id, "NULL", "But", 3, 1)]
    change_cycle(db, amina, Cycle(cycle_id, "Autre", "", None, 1))
    with pytest.raises(Conflict) as conflict:
        change_cycle(db, amina, Cycle(cycle_id, "Encore", "", None, 1))
    assert (conflict.value.stored["name"], conflict.value.version) == ("Autre", 2)
    assert get_cycle(db, cycle_id).core_threshold is None
    with pytest.raises(NotFound):
        get_cycle(db, 99)


def test_a_workshop_belongs_to_a_cycle(db: EncryptedDatabase, amina: Actor) -> None:
    with pytest.raises(NotFound):
        add_workshop(db, amina, Workshop(0, 99, "Seul", TODAY, ""))


def test_a_workshop_is_changed_once_per_version(db: EncryptedDatabase, amina: Actor, workshop_id: int) -> None:
    known = get_workshop(db, workshop_id)
    change_workshop(db, amina, replace(known, title="Second"), TODAY)
    with pytest.raises(Conflict) as conflict:
        change_workshop(db, amina, replace(known, title="Troisième"), TODAY)
    assert conflict.value.stored == {"title": "Second", "held_on": "10/11/2026", "place": "Préau", "objective": ""}
    assert get_workshop(db, workshop_id).title == "Second"


def test_names_are_replaced_and_closing_counts(db: EncryptedDatabase, amina: Actor, workshop_id: int) -> None:
    first, second, third = people(db, amina, 3)
    record_attendance(db, amina, sheet(workshop_id, first, second), TODAY)
    assert not get_workshop(db, workshop_id).is_held
    record_attendance(db, amina, sheet(workshop_id, second, third, third, head_count=5, version=2), TODAY, close=True)
    known = get_workshop(db, workshop_id)
    assert (known.state, known.named, known.head_count, known.unnamed) == (WorkshopState.HELD, 2, 5, 3)
    assert present_ids(db, workshop_id) == [second, third]


def test_closing_without_attendance_is_refused_and_leaves_nothing(
    db: EncryptedDatabase, amina: Actor, workshop_id: int
) -> None:
    with pytest.raises(Refused):
        record_attendance(db, amina, sheet(workshop_id), TODAY, close=True, once="clé")
    record_attendance(db, amina, sheet(workshop_id, head_count=4), TODAY, close=True, once="clé")
    with pytest.raises(Refused):
        record_attendance(db, amina, sheet(workshop_id, version=2), TODAY)
    assert get_workshop(db, workshop_id).head_count == 4


def test_a_second_writer_sees_the_names_of_the_first(db: EncryptedDatabase, amina: Actor, workshop_id: int) -> None:
    first, second = people(db, amina, 2)
    record_attendance(db, amina, sheet(workshop_id, first), TODAY)
    with pytest.raises(Conflict) as conflict:
        record_attendance(db, amina, sheet(workshop_id, second), TODAY)
    assert conflict.value.stored == {"present": "Nuage0 Ode", "head_count": ""}
    assert present_ids(db, workshop_id) == [first]


def test_a_newcomer_enters_the_directory_and_is_present(db: EncryptedDatabase, amina: Actor, workshop_id: int) -> None:
    organisation = add_organisation(db, amina, "Club", OrganisationKind.ASSOCIATION)
    newcomer = Newcomer(Identity("O’Neill", "Zed"), organisation, False)
    record_attendance(db, amina, replace(sheet(workshop_id), newcomer=newcomer), TODAY, close=True)
    assert [known.listed_name for known in list_attendees(db, [workshop_id])] == ["O’Neill Zed"]
    with pytest.raises(Refused) as refused:
        record_attendance(db, amina, replace(sheet(workshop_id, version=2), newcomer=newcomer), TODAY)
    assert refused.value.field == "family_name"
    twin = replace(newcomer, homonym=True)
    record_attendance(
        db, amina, replace(sheet(workshop_id, *present_ids(db, workshop_id), version=2), newcomer=twin), TODAY
    )
    assert get_workshop(db, workshop_id).named == 2


def test_a_stranger_of_the_community_is_not_ticked(db: EncryptedDatabase, amina: Actor, workshop_id: int) -> None:
    with pytest.raises(Refused) as refused:
        record_attendance(db, amina, sheet(workshop_id, 999), TODAY)
    assert refused.value.field == "present"


def test_who_left_stays_ticked_where_she_was(db: EncryptedDatabase, amina: Actor, workshop_id: int) -> None:
    first, second = people(db, amina, 2)
    record_attendance(db, amina, sheet(workshop_id, first), TODAY, close=True)
    end_member(db, amina, first, TODAY)
    end_member(db, amina, second, TODAY)
    offered = [key for key, _ in people_to_tick(db, workshop_id)]
    assert str(first) in offered
    assert str(second) not in offered


def test_cancelling_and_reopening(db: EncryptedDatabase, amina: Actor, workshop_id: int) -> None:
    cancel_workshop(db, amina, workshop_id, "Neige")
    assert get_workshop(db, workshop_id).cancel_reason == "Neige"
    with pytest.raises(Refused):
        record_attendance(db, amina, sheet(workshop_id, head_count=3, version=2), TODAY)
    reopen_workshop(db, amina, workshop_id)
    record_attendance(db, amina, sheet(workshop_id, head_count=3, version=3), TODAY, close=True)
    with pytest.raises(Refused):
        cancel_workshop(db, amina, workshop_id, "Trop tard")


def test_frames_of_an_empty_file_keep_their_columns(db: EncryptedDatabase) -> None:
    assert attendance_frame(db).dtypes["held_on"].kind == "M"
    assert workshop_frame(db).empty
    assert len(organisation_frame(db)) == 0


def test_frames_hold_numbers_and_kinds_and_no_name(db: EncryptedDatabase, amina: Actor, workshop_id: int) -> None:
    organisation = add_organisation(db, amina, f"Club {CANARY}", OrganisationKind.HEALTH)
    identity = Identity(CANARY, CANARY, email=f"{CANARY}@exemple.org", phone=CANARY)
    member = add_member(db, amina, identity, organisation, TODAY)
    alone = add_member(db, amina, Identity("Seule"), None, TODAY)
    record_attendance(db, amina, sheet(workshop_id, member, alone, head_count=5), TODAY, close=True)
    planned = add_workshop(db, amina, Workshop(0, 1, "Prévu", date(2026, 11, 1), CANARY))
    record_attendance(db, amina, sheet(planned, member), TODAY)
    attendance, workshops, organisations = attendance_frame(db), workshop_frame(db), organisation_frame(db)
    assert list(attendance.columns) == [
        "cycle_id",
        "workshop_id",
        "held_on",
        "member_id",
        "organisation_id",
        "organisation_kind",
    ]
    assert attendance["member_id"].tolist() == [member, alone]
    assert attendance["organisation_kind"].fillna("").tolist() == ["health", ""]
    assert attendance["organisation_id"].isna().tolist() == [False, True]
    assert list(workshops.columns) == [
        "cycle_id",
        "workshop_id",
        "held_on",
        "state",
        "title",
        "head_count",
        "named",
        "core_threshold",
    ]
    assert workshops["state"].tolist() == ["planned", "held"]
    assert workshops["named"].tolist() == [1, 2]
    assert workshops["head_count"].fillna(-1).tolist() == [-1, 5]
    assert workshops["core_threshold"].isna().all()
    assert organisations.to_dict("list") == {"organisation_id": [organisation], "kind": ["health"]}
    for frame in (attendance, workshops, organisations):
        assert CANARY not in frame.to_csv()


def test_the_demonstration_has_the_attendance_of_the_field(place: Instance) -> None:
    db = place.community(ESSONNE)
    before = len(list_members(db))
    demo.fill(db, SYSTEM, TODAY)
    frame = attendance_frame(db)
    assert frame.groupby("workshop_id").size().tolist() == [33, 24, 24, 15, 9, 13, 7]
    times = frame.groupby("member_id").size()
    assert (len(times), int((times >= demo.CORE_TIMES).sum())) == (33, 15)
    first = list_workshops(db)[0]
    assert set(frame["member_id"]) == set(present_ids(db, first.id))
    assert len(list_members(db)) == before + 33
    kinds = [known.kind.value for known in list_organisations(db)]
    assert sorted((kinds.count(kind), kind) for kind in set(kinds)) == [
        (2, "national_education"),
        (5, "local_authority"),
        (10, "association"),
    ]
    assert all(known.member_count for known in list_organisations(db))
    states = [known.state.value for known in list_workshops(db)]
    assert states == ["held"] * 7 + ["cancelled"] * 2
    db.close()


def test_the_demonstration_of_the_pre_has_head_counts_alone(db: EncryptedDatabase) -> None:
    demo.fill(db, SYSTEM, TODAY)
    assert len(attendance_frame(db)) == 0
    held = [known for known in list_workshops(db) if known.is_held]
    assert [known.head_count for known in held] == [6, 8, 11, 7, 9]
    assert held[-1].held_on < TODAY
