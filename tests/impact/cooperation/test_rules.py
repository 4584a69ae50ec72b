"""Decisions of cooperation, without a database."""

from datetime import date

import pytest

from impact.cooperation.records import Declaration, Funding, KeyQuestion, Link, Round
from impact.cooperation.rules import (
    Speaker,
    carried,
    check_again,
    check_merging,
    check_open,
    check_question_dates,
    check_round,
    lasting,
    line_for,
    pairs,
    totals,
)
from impact.cooperation.vocabulary import LinkKind, QuestionState
from impact.exceptions import Refused

TODAY = date(2026, 11, 20)
BEFORE = date(2026, 5, 1)
EDITOR, OF_ONE, STRANGER = Speaker(True, None), Speaker(False, 1), Speaker(False, 9)


def link(*said: tuple[int, str, date | None], ends: tuple[int, int] = (1, 2)) -> Link:
    declarations = tuple(Declaration(end, LinkKind(kind), BEFORE, made) for end, kind, made in said)
    return Link(5, 1, *ends, None, declarations)


ONE_SIDED = link((1, "existing", None))
BOTH = link((1, "existing", None), (2, "existing", None))
WISHED = link((1, "to_create", None))
MADE = link((1, "to_create", TODAY))


def test_a_link_is_confirmed_when_both_ends_say_that_it_exists() -> None:
    assert ONE_SIDED.exists
    assert not ONE_SIDED.is_confirmed
    assert BOTH.is_confirmed
    assert not link((1, "existing", None), (2, "to_create", None)).is_confirmed
    assert not WISHED.exists
    assert MADE.exists
    assert MADE.made_on == TODAY


def test_each_reader_is_offered_what_she_may_do() -> None:
    line = line_for(ONE_SIDED, EDITOR, True)
    assert (line.confirms, line.makes, line.withdraws) == (True, False, True)
    line = line_for(ONE_SIDED, OF_ONE, True)
    assert (line.confirms, line.makes, line.withdraws) == (False, False, True)
    line = line_for(ONE_SIDED, Speaker(False, 2), True)
    assert (line.confirms, line.makes, line.withdraws) == (True, False, False)
    line = line_for(WISHED, OF_ONE, True)
    assert (line.confirms, line.makes, line.withdraws) == (False, True, True)
    for known in (ONE_SIDED, BOTH, WISHED):
        for line in (line_for(known, STRANGER, True), line_for(known, EDITOR, False)):
            assert (line.confirms, line.makes, line.withdraws) == (False, False, False)


def test_saying_the_same_twice_is_refused_and_a_wish_may_come_true() -> None:
    check_again(None, LinkKind.EXISTING)
    check_again(WISHED.declarations[0], LinkKind.EXISTING)
    with pytest.raises(Refused):
        check_again(WISHED.declarations[0], LinkKind.TO_CREATE)
    with pytest.raises(Refused):
        check_again(ONE_SIDED.declarations[0], LinkKind.TO_CREATE)


def test_what_was_made_exists_in_the_next_round() -> None:
    made, wished = carried([MADE, WISHED])
    assert [(known.kind, known.made_on) for known in made.declarations] == [(LinkKind.EXISTING, None)]
    assert [(known.kind, known.made_on) for known in wished.declarations] == [(LinkKind.TO_CREATE, None)]


def test_links_for_several_questions_are_one_pair() -> None:
    (joined,) = pairs([ONE_SIDED, link((2, "existing", None))])
    assert joined.is_confirmed
    assert len(pairs([ONE_SIDED, link((1, "existing", None), ends=(1, 3))])) == 2


def test_rounds_follow_each_other() -> None:
    first = Round(1, date(2025, 6, 1))
    check_round(date(2026, 6, 1), [first], TODAY)
    for day in (date(2025, 6, 1), date(2024, 1, 1), date(2027, 1, 1)):
        with pytest.raises(Refused):
            check_round(day, [first], TODAY)
    check_open([first, Round(2, BEFORE)], 2)
    with pytest.raises(Refused):
        check_open([first, Round(2, BEFORE)], 1)


def question(number: int, into: int | None = None, validated: date | None = None) -> KeyQuestion:
    return KeyQuestion(number, f"Question {number}", BEFORE, validated, into, BEFORE if into else None)


def test_a_question_lives_on_in_the_last_one_of_its_mergings() -> None:
    assert lasting([question(1, into=2), question(2, into=3), question(3)]) == {1: 3, 2: 3, 3: 3}
    assert question(1, into=2).state is QuestionState.MERGED
    with pytest.raises(Refused):
        check_merging(question(1), question(1))
    with pytest.raises(Refused):
        check_merging(question(1), question(2, into=3))
    with pytest.raises(Refused):
        check_merging(question(2, into=3), question(1))


def test_a_question_is_validated_after_it_was_proposed() -> None:
    check_question_dates(question(1, validated=TODAY), TODAY)
    for day in (date(2026, 4, 30), date(2026, 11, 21)):
        with pytest.raises(Refused):
            check_question_dates(question(1, validated=day), TODAY)


def test_cofinancing_is_what_the_first_funder_does_not_bring() -> None:
    lines = [Funding(1, 1, "Ville", 900, 600, 500), Funding(2, 1, "État", 400, 300, None), Funding(3, 1, "Autre", 100)]
    found = totals(lines)
    assert (found.asked, found.granted, found.spent, found.funders) == (1400, 900, 500, 2)
    assert found.cofinancing == pytest.approx(1 / 3)
    assert totals(lines[:1]).cofinancing == 0
    assert totals([lines[2]]).cofinancing is None
