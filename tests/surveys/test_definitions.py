"""The library, and the frozen copy of a questionnaire."""

import pytest

from impact.exceptions import NotFound
from impact.wording import french
from surveys.answering import burdens, minutes_asked
from surveys.definitions import LEVELS, as_text, from_text, get_standard, library
from surveys.records import Questionnaire
from surveys.vocabulary import QuestionKind


@pytest.mark.parametrize("questionnaire", library(), ids=lambda found: found.code)
def test_each_questionnaire_says_what_it_is(questionnaire: Questionnaire) -> None:
    assert questionnaire.title
    assert questionnaire.purpose
    assert questionnaire.public
    assert questionnaire.source
    assert questionnaire.licence
    assert questionnaire.minutes == minutes_asked(questionnaire.questions)
    assert burdens(questionnaire) == []
    known = {dimension.code for dimension in questionnaire.dimensions}
    assert {item.dimension for item in questionnaire.items} - {""} == known
    assert len(questionnaire.levels) == LEVELS
    assert from_text(as_text(questionnaire)) == questionnaire


def test_the_library_holds_the_standard_questionnaires() -> None:
    assert [questionnaire.code for questionnaire in library()] == [
        "acteurs-du-reseau",
        "ateliers-parents",
        "bien-etre-enfant",
        "cinq-conditions",
        "entretien-jeune",
        "fin-de-cycle",
        "journee",
        "observation-enseignant",
        "pratiques-professionnelles",
        "regard-enseignant",
        "representations-jeunes",
        "satisfaction-parents",
    ]


def test_the_well_being_of_a_child_has_twenty_items_in_six_dimensions() -> None:
    items = get_standard("bien-etre-enfant").items
    assert len(items) == 20
    assert len({item.dimension for item in items}) == 6
    assert [item.code for item in items if item.reversed] == ["worried", "alone", "angry"]


def test_the_satisfaction_questionnaire_has_six_levels_and_one_open_question() -> None:
    kinds = [question.kind for question in get_standard("satisfaction-parents").questions]
    assert kinds == [QuestionKind.LEVEL] * 6 + [QuestionKind.WORDS]
    assert "overall" in get_standard("satisfaction-parents").codes


def test_texts_follow_french_rules() -> None:
    for questionnaire in library():
        texts = [questionnaire.title, questionnaire.purpose, questionnaire.source, *questionnaire.levels]
        texts += [
            words for question in questionnaire.questions for words in (question.text, question.help, question.use)
        ]
        texts += [choice.text for question in questionnaire.questions for choice in question.choices]
        for text in texts:
            assert "'" not in text
            assert "·" not in text
            assert french(french(text)) == french(text)


def test_an_unknown_questionnaire_is_not_found() -> None:
    with pytest.raises(NotFound):
        get_standard("../satisfaction-parents")


def test_a_definition_without_five_levels_is_refused() -> None:
    broken = as_text(get_standard("satisfaction-parents")).replace('"Plutôt d’accord", ', "")
    with pytest.raises(ValueError, match="5 levels"):
        from_text(broken)


def test_two_questions_with_one_code_are_refused() -> None:
    broken = as_text(get_standard("satisfaction-parents")).replace('"code": "welcome"', '"code": "clarity"')
    with pytest.raises(ValueError, match="same code"):
        from_text(broken)
