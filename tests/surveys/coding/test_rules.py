"""What a quote may hold, who may read, what is kept of two readings."""

import pytest

from impact.exceptions import Refused
from surveys.coding.records import TOGETHER, CodedQuestion, Theme, Written
from surveys.coding.rules import CUT, check_quote, check_reader, check_released, found_in, next_for
from surveys.records import Question
from surveys.vocabulary import QuestionKind

QUESTION = Question("more", QuestionKind.WORDS, "Autre chose ?")


def coded(*answers: Written) -> CodedQuestion:
    return CodedQuestion(QUESTION, (Theme(1, "Lieu", "La salle"), Theme(2, "Heure", "Le soir")), answers)


def test_two_readings_that_differ_keep_what_they_share_until_it_is_settled() -> None:
    answer = Written(1, "a", "La salle, le soir", {7: frozenset({1, 2}), 8: frozenset({1})})
    assert answer.differs
    assert answer.themes == {1}
    settled = Written(1, "a", "La salle, le soir", {**answer.readings, TOGETHER: frozenset({2})})
    assert not settled.differs
    assert settled.themes == {2}


def test_both_readings_of_a_theme_are_set_side_by_side() -> None:
    found = coded(
        Written(1, "a", "", {7: frozenset({1}), 8: frozenset({1})}),
        Written(2, "b", "", {7: frozenset({1}), 8: frozenset()}),
        Written(3, "c", "", {7: frozenset({1})}),
        Written(4, "d", ""),
    )
    assert found.both(1) == ([True, True], [True, False])
    assert found.people(1) == 2
    assert len(found.read) == 3


def test_a_third_reader_is_refused_and_so_is_changing_after_comparing() -> None:
    both = Written(1, "a", "", {7: frozenset(), 8: frozenset()})
    with pytest.raises(Refused, match="entre deux"):
        check_reader(coded(both), Written(2, "b", ""), 9)
    with pytest.raises(Refused, match="comparées"):
        check_reader(coded(both), both, 7)
    check_reader(coded(both), Written(2, "b", "", {7: frozenset()}), 7)


def test_answers_that_the_other_has_read_come_first() -> None:
    found = coded(Written(1, "a", ""), Written(2, "b", "", {8: frozenset()}), Written(3, "c", "", {7: frozenset()}))
    following = next_for(found, 7)
    assert following is not None
    assert following.ref == "b"
    assert next_for(coded(Written(3, "c", "", {7: frozenset()})), 7) is None


def test_a_quote_is_cut_never_written_again() -> None:
    said = "Ma fille Prune aime le théâtre du mercredi."
    assert check_quote(said, f"Ma fille {CUT} aime le théâtre [...]") == f"Ma fille {CUT} aime le théâtre {CUT}"
    for quote in ("Ma fille adore le théâtre.", CUT, " "):
        with pytest.raises(Refused):
            check_quote(said, quote)


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("La salle est loin. Le bus aussi.", []),
        ("Il faut des chaises.", []),
        ("Merci à Basile, toujours là.", ["Basile"]),
        ("ma fille prune y va en courant", ["prune"]),
        ("Appelez le 06 00 00 00 01.", ["06 00 00 00 01"]),
        ("écrire à a.b@exemple.fr", ["a.b@exemple.fr"]),
        ("depuis le 12/03/2026, rien", ["12/03/2026"]),
        ("L’école Jean-Bart ferme tôt", ["Jean-Bart"]),
    ],
)
def test_names_numbers_and_dates_are_found(quote: str, found: list[str]) -> None:
    assert found_in(quote, {"Prune Dupré", "Noé des Saules"}) == found


def test_what_was_found_needs_somebody_to_be_sure() -> None:
    with pytest.raises(Refused, match="Basile"):
        check_released(["Basile"], False)
    check_released(["Basile"], True)
    check_released([], False)
