"""What the file holds after questions, rounds, links, actions, meetings and sheets."""

from datetime import date

import pytest

from impact.audit import Actor
from impact.communities.storage import add_member, add_organisation
from impact.cooperation import action_storage, meeting_storage, sheet_storage, storage
from impact.cooperation.records import Funding, JointAction, KeyQuestion, Meeting, NewLink, Round, Sheet
from impact.cooperation.rules import Speaker
from impact.cooperation.vocabulary import ActionState, AgeBand, Level, LinkKind, MeetingKind, QuestionState
from impact.db import EncryptedDatabase
from impact.exceptions import Conflict, NotAllowed, NotFound, Refused, Repeated
from impact.identities import Identity
from impact.vocabulary import OrganisationKind

TODAY = date(2026, 11, 20)
EDITOR = Speaker(True, None)
EXISTING, TO_CREATE = LinkKind.EXISTING, LinkKind.TO_CREATE


@pytest.fixture
def three(db: EncryptedDatabase, amina: Actor) -> list[int]:
    names = ("Ville de Brumeval", "Maison des Tilleuls", "Club des Étangs")
    return [add_organisation(db, amina, name, OrganisationKind.ASSOCIATION) for name in names]


@pytest.fixture
def round_id(db: EncryptedDatabase, amina: Actor) -> int:
    return storage.add_round(db, amina, date(2026, 6, 1), TODAY)


def declare(db: EncryptedDatabase, actor: Actor, first: int, second: int, kind: LinkKind = EXISTING) -> int:
    return storage.declare_link(db, actor, EDITOR, NewLink(first, second, kind, None), TODAY)


def test_both_ends_meet_in_one_link(db: EncryptedDatabase, amina: Actor, three: list[int], round_id: int) -> None:
    link_id = declare(db, amina, three[0], three[1])
    assert declare(db, amina, three[1], three[0]) == link_id
    (link,) = storage.list_links(db, round_id)
    assert link.is_confirmed
    with pytest.raises(Refused, match="déjà déclaré"):
        declare(db, amina, three[0], three[1])
    with pytest.raises(Refused, match="deux structures différentes"):
        declare(db, amina, three[0], three[0])


def test_a_member_speaks_for_her_own_organisation_alone(
    db: EncryptedDatabase, amina: Actor, three: list[int], round_id: int
) -> None:
    mine, other = Speaker(False, three[0]), Speaker(False, three[2])
    with pytest.raises(NotAllowed):
        storage.declare_link(db, amina, mine, NewLink(three[1], three[2], EXISTING, None), TODAY)
    link_id = storage.declare_link(db, amina, mine, NewLink(three[0], three[1], EXISTING, None), TODAY)
    for act in (storage.confirm_link, storage.make_link):
        with pytest.raises(NotAllowed):
            act(db, amina, other, link_id, TODAY, "")
    with pytest.raises(NotAllowed):
        storage.withdraw_link(db, amina, other, link_id, "")
    storage.confirm_link(db, amina, Speaker(False, three[1]), link_id, TODAY, "")
    assert storage.get_link(db, link_id).is_confirmed
    storage.withdraw_link(db, amina, mine, link_id, "")
    assert storage.get_link(db, link_id).existing_by == {three[1]}


def test_a_wish_comes_true_and_is_carried_into_the_next_round(
    db: EncryptedDatabase, amina: Actor, three: list[int], round_id: int
) -> None:
    link_id = declare(db, amina, three[0], three[1], TO_CREATE)
    declare(db, amina, three[0], three[2], TO_CREATE)
    storage.make_link(db, amina, EDITOR, link_id, TODAY, "")
    made = storage.get_link(db, link_id)
    assert (made.made_on, made.existing_by) == (TODAY, frozenset({three[0]}))
    with pytest.raises(Refused):
        storage.make_link(db, amina, EDITOR, link_id, TODAY, "")
    later = storage.add_round(db, amina, date(2026, 11, 1), TODAY, carry=True)
    assert [link.exists for link in storage.list_links(db, later)] == [True, False]
    with pytest.raises(Refused, match="clos"):
        storage.withdraw_link(db, amina, EDITOR, link_id, "")
    assert storage.get_link(db, link_id) == made


def test_a_link_of_which_nobody_speaks_disappears(
    db: EncryptedDatabase, amina: Actor, three: list[int], round_id: int
) -> None:
    link_id = declare(db, amina, three[0], three[1])
    storage.withdraw_link(db, amina, EDITOR, link_id, "")
    with pytest.raises(NotFound):
        storage.get_link(db, link_id)
    assert db.value("SELECT count(*) FROM link_declaration") == 0


def test_a_link_needs_a_round_and_a_repeated_form_stores_nothing(
    db: EncryptedDatabase, amina: Actor, three: list[int]
) -> None:
    with pytest.raises(Refused, match="premier tour"):
        declare(db, amina, three[0], three[1])
    storage.add_round(db, amina, TODAY, TODAY, once="clé")
    with pytest.raises(Repeated):
        storage.add_round(db, amina, TODAY, TODAY, once="clé")
    assert len(storage.list_rounds(db)) == 1


def test_only_the_last_round_changes_its_date(db: EncryptedDatabase, amina: Actor, round_id: int) -> None:
    storage.change_round(db, amina, Round(round_id, date(2026, 6, 2), 1), TODAY)
    with pytest.raises(Conflict):
        storage.change_round(db, amina, Round(round_id, date(2026, 6, 3), 1), TODAY)
    storage.add_round(db, amina, date(2026, 7, 1), TODAY)
    with pytest.raises(Refused):
        storage.change_round(db, amina, Round(round_id, date(2026, 6, 3), 2), TODAY)


def test_questions_merge_and_part(db: EncryptedDatabase, amina: Actor) -> None:
    first, second = (
        storage.add_question(db, amina, KeyQuestion(0, words, date(2026, 5, 1), day), TODAY)
        for words, day in (("Comment repérer plus tôt ?", date(2026, 6, 1)), ("Qui prévient qui ?", None))
    )
    storage.merge_question(db, amina, second, first, TODAY)
    merged = storage.get_question(db, second)
    assert (merged.state, merged.merged_into, merged.merged_on) == (QuestionState.MERGED, first, TODAY)
    with pytest.raises(Refused):
        storage.merge_question(db, amina, first, second, TODAY)
    with pytest.raises(Conflict):
        storage.change_question(db, amina, KeyQuestion(second, "Autre", date(2026, 5, 1), version=1), TODAY)
    with pytest.raises(Refused):
        storage.change_question(db, amina, KeyQuestion(second, "Autre", date(2026, 5, 1), TODAY, version=2), TODAY)
    storage.part_question(db, amina, second)
    assert storage.get_question(db, second).state is QuestionState.PROPOSED
    assert storage.get_question(db, first).state is QuestionState.VALIDATED


def test_an_action_its_partners_and_its_money(db: EncryptedDatabase, amina: Actor, three: list[int]) -> None:
    action = JointAction(
        0, "Bus des stages", ActionState.PLANNED, three[0], partner_ids=(three[1], three[2]), bands=(AgeBand.SIXTEEN,)
    )
    action_id = action_storage.add_action(db, amina, action)
    known = action_storage.get_action(db, action_id)
    assert (known.partner_ids, known.bands) == ((three[1], three[2]), (AgeBand.SIXTEEN,))
    with pytest.raises(Refused, match="porte"):
        action_storage.add_action(db, amina, JointAction(0, "x", ActionState.IDEA, three[0], partner_ids=(three[0],)))
    with pytest.raises(Refused, match="fin vient avant"):
        dates = {"starts_on": TODAY, "ends_on": date(2026, 1, 1)}
        action_storage.add_action(db, amina, JointAction(0, "x", ActionState.IDEA, three[0], **dates))  # type: ignore[arg-type]
    funding = action_storage.add_funding(db, amina, Funding(0, action_id, "Ville", 1000, 800))
    with pytest.raises(Refused, match="déjà dans la liste"):
        action_storage.add_funding(db, amina, Funding(0, action_id, "Ville", 10))
    with pytest.raises(Refused, match="au moins un montant"):
        action_storage.add_funding(db, amina, Funding(0, action_id, "État"))
    action_storage.change_funding(db, amina, Funding(funding, action_id, "Ville", 1000, 800, 750, 1))
    with pytest.raises(Conflict):
        action_storage.change_funding(db, amina, Funding(funding, action_id, "Ville", 1, 1, 1, 1))
    with pytest.raises(Conflict):
        action_storage.change_action(db, amina, JointAction(action_id, "x", ActionState.IDEA, three[0], version=7))
    action_storage.change_action(db, amina, JointAction(action_id, "Bus", ActionState.DONE, three[1], version=1))
    assert action_storage.get_action(db, action_id).partner_ids == ()
    action_storage.remove_funding(db, amina, action_id, funding)
    assert action_storage.list_fundings(db) == {}


def test_a_meeting_is_recorded_after_it_took_place(db: EncryptedDatabase, amina: Actor, three: list[int]) -> None:
    coming = meeting_storage.add_meeting(db, amina, Meeting(0, MeetingKind.TROIKA, date(2026, 12, 1)))
    counted = Meeting(coming, MeetingKind.TROIKA, TODAY, parents=2, presences=((three[0], 3),))
    with pytest.raises(Refused, match="prévue"):
        meeting_storage.record_meeting(db, amina, counted, TODAY)
    held = meeting_storage.add_meeting(db, amina, Meeting(0, MeetingKind.STEERING, date(2026, 11, 1)))
    record = Meeting(
        held, MeetingKind.STEERING, TODAY, decisions="Un\n\nDeux", parents=2, young_people=1, presences=((three[0], 3),)
    )
    meeting_storage.record_meeting(db, amina, record, TODAY)
    known = meeting_storage.get_meeting(db, held)
    assert (known.people, known.decision_list, known.held_on) == (6, ["Un", "Deux"], date(2026, 11, 1))
    with pytest.raises(Conflict):
        meeting_storage.record_meeting(db, amina, record, TODAY)
    with pytest.raises(Refused, match="prévue"):
        moved = Meeting(held, MeetingKind.STEERING, date(2026, 12, 24), version=2)
        meeting_storage.change_meeting(db, amina, moved, TODAY)
    with pytest.raises(Refused, match="a eu lieu"):
        meeting_storage.remove_meeting(db, amina, held)
    meeting_storage.remove_meeting(db, amina, coming)
    assert [each.id for each in meeting_storage.list_meetings(db)] == [held]


def test_a_sheet_is_written_then_changed(db: EncryptedDatabase, amina: Actor, three: list[int]) -> None:
    assert not sheet_storage.get_sheet(db, three[0]).is_filled
    sheet_storage.save_sheet(db, amina, Sheet(three[0], (Level.FIELD,), offered="Une salle"))
    first = sheet_storage.get_sheet(db, three[0])
    assert (first.levels, first.offered, first.version) == ((Level.FIELD,), "Une salle", 1)
    with pytest.raises(Conflict):
        sheet_storage.save_sheet(db, amina, Sheet(three[0]))
    sheet_storage.save_sheet(db, amina, Sheet(three[0], (Level.DECISION,), version=1))
    assert sheet_storage.get_sheet(db, three[0]).levels == (Level.DECISION,)
    with pytest.raises(NotFound):
        sheet_storage.get_sheet(db, 999)


def test_contact_details_are_shown_by_consent_alone(db: EncryptedDatabase, amina: Actor, three: list[int]) -> None:
    identity = Identity("Nuage", "Ode", email="ode@exemple.org", phone="01 02 03 04 05")
    member_id = add_member(db, amina, identity, three[0], TODAY)
    (before,) = sheet_storage.list_contacts(db, three[0])
    assert (before.name, before.email, before.phone, before.agreed_on) == ("Ode Nuage", "", "", None)
    sheet_storage.set_consent(db, amina, member_id, TODAY)
    (agreed,) = sheet_storage.list_contacts(db, three[0])
    assert (agreed.email, agreed.agreed_on) == ("ode@exemple.org", TODAY)
    sheet_storage.set_consent(db, amina, member_id, None)
    assert sheet_storage.list_contacts(db, three[0]) == [before]
    with pytest.raises(NotFound):
        sheet_storage.set_consent(db, amina, 999, TODAY)
