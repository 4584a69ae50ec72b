"""Quorum, result and window, by examples and by properties."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.agreements.records import Ballot, Entitled, Tally, Terms
from impact.agreements.vocabulary import Abstention, Choice, Electorate, Outcome, VotingRule
from impact.agreements.vote_rules import (
    check_open,
    check_settling,
    check_terms,
    check_voter,
    check_withdrawing,
    is_adopted,
    is_closing,
    is_coming,
    is_open,
    is_over,
    participation,
    result,
    tally,
)
from impact.exceptions import NotAllowed, Refused

TODAY = date(2026, 11, 20)
TERMS = Terms(
    rule=VotingRule.SIMPLE,
    quorum=5,
    electorate=Electorate.ORGANISATIONS,
    abstention=Abstention.NEUTRAL,
    opens_on=TODAY,
    closes_on=TODAY + timedelta(days=10),
    entitled=tuple(range(1, 11)),
)
COUNTS = st.integers(0, 60)


def ballot(**changes: object) -> Ballot:
    return Ballot(1, 1, replace(TERMS, **changes))  # type: ignore[arg-type]


def outcome(
    favourable: int, against: int, abstentions: int = 0, rule: VotingRule = VotingRule.SIMPLE, quorum: int = 1
) -> Outcome:
    terms = replace(TERMS, rule=rule, quorum=quorum)
    return result(terms, Tally(favourable, against, abstentions, 100)).outcome


@pytest.mark.parametrize(
    ("rule", "favourable", "opposed", "adopted"),
    [
        (VotingRule.SIMPLE, 3, 2, True),
        (VotingRule.SIMPLE, 2, 2, False),
        (VotingRule.SIMPLE, 1, 0, True),
        (VotingRule.SIMPLE, 0, 0, False),
        (VotingRule.TWO_THIRDS, 6, 3, True),
        (VotingRule.TWO_THIRDS, 2, 1, True),
        (VotingRule.TWO_THIRDS, 5, 3, False),
        (VotingRule.TWO_THIRDS, 65, 33, False),
        (VotingRule.TWO_THIRDS, 66, 33, True),
        (VotingRule.TWO_THIRDS, 0, 0, False),
        (VotingRule.UNANIMITY, 9, 0, True),
        (VotingRule.UNANIMITY, 9, 1, False),
        (VotingRule.UNANIMITY, 0, 0, False),
    ],
)
def test_each_rule_at_its_limits(rule: VotingRule, favourable: int, opposed: int, adopted: bool) -> None:
    assert is_adopted(rule, favourable, opposed) is adopted


def test_the_quorum_is_reached_exactly_at_its_number() -> None:
    assert outcome(4, 0, quorum=5) is Outcome.NO_QUORUM
    assert outcome(5, 0, quorum=5) is Outcome.ADOPTED
    assert outcome(2, 3, quorum=5) is Outcome.REJECTED
    assert outcome(3, 1, 1, quorum=5) is Outcome.ADOPTED


@pytest.mark.parametrize(
    ("abstention", "counted", "expressed", "expected"),
    [
        (Abstention.NEUTRAL, 6, 4, Outcome.ADOPTED),
        (Abstention.AGAINST, 6, 6, Outcome.REJECTED),
        (Abstention.ABSENT, 4, 4, Outcome.NO_QUORUM),
    ],
)
def test_what_an_abstention_means_changes_the_result(
    abstention: Abstention, counted: int, expressed: int, expected: Outcome
) -> None:
    found = result(replace(TERMS, abstention=abstention), Tally(3, 1, 2, 10))
    assert (found.counted, found.expressed, found.outcome) == (counted, expressed, expected)
    assert found.has_quorum is (expected is not Outcome.NO_QUORUM)
    assert found.tally.silent == 4


def test_abstentions_alone_adopt_nothing() -> None:
    for rule in VotingRule:
        assert outcome(0, 0, 12, rule) is Outcome.REJECTED


def test_votes_are_counted_by_direction() -> None:
    found = tally([Choice.FOR, Choice.ABSTAIN, Choice.FOR, Choice.AGAINST], 9)
    assert found == Tally(2, 1, 1, 9)
    assert (found.received, found.silent) == (4, 5)


@given(COUNTS, COUNTS, st.sampled_from(VotingRule))
def test_one_more_favourable_vote_never_rejects_what_was_adopted(
    favourable: int, opposed: int, rule: VotingRule
) -> None:
    if is_adopted(rule, favourable, opposed):
        assert is_adopted(rule, favourable + 1, opposed)
    else:
        assert not is_adopted(rule, favourable, opposed + 1)


@given(COUNTS, COUNTS)
def test_each_rule_asks_more_than_the_one_before(favourable: int, opposed: int) -> None:
    simple, two_thirds, unanimity = (is_adopted(rule, favourable, opposed) for rule in VotingRule)
    assert unanimity <= two_thirds <= simple


@given(COUNTS, COUNTS, COUNTS, st.integers(1, 200), st.sampled_from(VotingRule), st.sampled_from(Abstention))
def test_a_result_adds_up(
    favourable: int, against: int, abstentions: int, quorum: int, rule: VotingRule, abstention: Abstention
) -> None:
    votes = Tally(favourable, against, abstentions, 200)
    found = result(replace(TERMS, quorum=quorum, rule=rule, abstention=abstention), votes)
    assert found.expressed == favourable + found.opposed <= found.tally.received
    assert found.counted <= votes.received <= votes.entitled
    assert votes.received + votes.silent == votes.entitled
    assert (found.outcome is Outcome.NO_QUORUM) is (found.counted < quorum)
    if found.outcome is Outcome.ADOPTED:
        assert favourable > found.opposed


@given(COUNTS, COUNTS, COUNTS, st.sampled_from(VotingRule))
def test_counting_abstentions_as_against_never_helps_a_text(
    favourable: int, against: int, abstentions: int, rule: VotingRule
) -> None:
    votes = Tally(favourable, against, abstentions, 200)
    terms = replace(TERMS, quorum=1, rule=rule)
    strict = result(replace(terms, abstention=Abstention.AGAINST), votes).outcome
    if strict is Outcome.ADOPTED:
        assert result(replace(terms, abstention=Abstention.NEUTRAL), votes).outcome is Outcome.ADOPTED


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"quorum": 0}, "quorum"),
        ({"quorum": -1}, "quorum"),
        ({"quorum": 11}, "quorum"),
        ({"entitled": ()}, "organisations"),
        ({"entitled": (), "electorate": Electorate.MEMBERS}, "members"),
        ({"entitled": (1, 1, 1), "quorum": 2}, "quorum"),
        ({"opens_on": TODAY - timedelta(days=1)}, "opens_on"),
        ({"closes_on": TODAY - timedelta(days=1)}, "closes_on"),
        ({"closes_on": TODAY + timedelta(days=367)}, "closes_on"),
    ],
)
def test_a_vote_that_could_decide_anything_is_refused_at_its_field(changes: dict[str, object], field: str) -> None:
    with pytest.raises(Refused) as refused:
        check_terms(replace(TERMS, **changes), TODAY)  # type: ignore[arg-type]
    assert refused.value.field == field


@pytest.mark.parametrize("changes", [{}, {"quorum": 10}, {"quorum": 1}, {"closes_on": TODAY}])
def test_a_sound_vote_is_declared(changes: dict[str, object]) -> None:
    check_terms(replace(TERMS, **changes), TODAY)  # type: ignore[arg-type]


def test_both_days_of_the_window_are_included() -> None:
    voted = ballot(opens_on=date(2026, 12, 1), closes_on=date(2026, 12, 3))
    days = [date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 3), date(2026, 12, 4)]
    assert [is_coming(voted, day) for day in days] == [True, False, False, False]
    assert [is_open(voted, day) for day in days] == [False, True, True, False]
    assert [is_over(voted, day) for day in days] == [False, False, False, True]


def test_nobody_votes_before_or_after_the_window() -> None:
    check_open(ballot(), TODAY)
    with pytest.raises(Refused, match="s’ouvre le 21"):
        check_open(ballot(opens_on=TODAY + timedelta(days=1)), TODAY)
    with pytest.raises(Refused, match="clos depuis le 30"):
        check_open(ballot(), TODAY + timedelta(days=11))
    with pytest.raises(Refused, match="clos"):
        check_open(replace(ballot(), outcome=Outcome.ADOPTED), TODAY)


def test_a_vote_is_withdrawn_before_and_settled_after() -> None:
    coming = ballot(opens_on=TODAY + timedelta(days=1))
    check_withdrawing(coming, TODAY)
    with pytest.raises(Refused, match="ne change plus"):
        check_withdrawing(ballot(), TODAY)
    check_settling(ballot(), TODAY + timedelta(days=11))
    with pytest.raises(Refused, match="court jusqu’au"):
        check_settling(ballot(), TODAY + timedelta(days=10))
    with pytest.raises(Refused, match="déjà enregistré"):
        check_settling(replace(ballot(), outcome=Outcome.REJECTED), TODAY + timedelta(days=11))


def test_closing_soon_is_three_days_before_the_last() -> None:
    days = [TODAY + timedelta(days=days) for days in (6, 7, 10, 11)]
    assert [is_closing(ballot(), day) for day in days] == [False, True, True, False]


def test_a_voice_is_used_by_who_holds_it() -> None:
    club = Entitled(1, 1, 7, None, "Club", None, None, reachable=True)
    odette = Entitled(2, 1, None, 3, "Odette", None, None, reachable=True)
    check_voter(club, 12, 7, runs=False)
    check_voter(odette, 3, 7, runs=False)
    for voter, member_id, organisation_id in ((club, 12, 8), (club, 12, None), (odette, 12, 7), (odette, None, None)):
        for runs in (False, True):
            with pytest.raises(NotAllowed):
                check_voter(voter, member_id, organisation_id, runs)


def test_who_runs_the_vote_brings_only_votes_without_account() -> None:
    silent = Entitled(1, 1, 7, None, "Club", None, None, reachable=False)
    check_voter(silent, 12, None, runs=True)
    with pytest.raises(NotAllowed):
        check_voter(silent, 12, None, runs=False)


def test_participation_says_nothing_of_the_direction() -> None:
    voted = Entitled(1, 1, 7, None, "Club", None, TODAY, reachable=True)
    voters = [replace(voted, id=n, cast_on=TODAY if n < 4 else None) for n in range(1, 11)]
    assert participation(ballot(), voters) == (3, 2)
    assert participation(ballot(quorum=2), voters) == (3, 0)
