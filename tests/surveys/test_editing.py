"""Writing: order, locks, conditions, and what a version changes."""

from dataclasses import replace

import pytest

from impact.exceptions import NotFound, Refused
from impact.wording import french
from surveys import editing
from surveys.definitions import check, get_standard
from surveys.records import Choice, Condition, Question, Questionnaire
from surveys.vocabulary import Change, QuestionKind

LEVELS = get_standard("satisfaction-parents").levels
CAME = Question("came", QuestionKind.ONE, "Venu ?", choices=(Choice("yes", "Oui"), Choice("no", "Non")))
WHY = Question("why", QuestionKind.WORDS, "Pourquoi ?", shown_if=Condition("came", ("no",)))
MOOD = Question("mood", QuestionKind.LEVEL, "Cela m’a plu.")


@pytest.fixture
def three() -> Questionnaire:
    made = editing.blank("Essai", "Essayer", "Tous", LEVELS)
    for question in (CAME, WHY, MOOD):
        made = editing.add(made, question)
    return replace(made, code="notre-1")


def codes(questionnaire: Questionnaire) -> list[str]:
    return [question.code for question in questionnaire.questions]


def test_minutes_follow_the_questions(three: Questionnaire) -> None:
    assert three.minutes == 2
    assert editing.remove(three, "why").minutes == 1


def test_a_question_goes_up_and_down_and_stops_at_the_ends(three: Questionnaire) -> None:
    assert codes(editing.move(three, "mood", -1)) == ["came", "mood", "why"]
    assert codes(editing.move(three, "why", 1)) == ["came", "mood", "why"]
    assert editing.move(three, "came", -1) == three
    assert editing.move(three, "mood", 1) == three
    with pytest.raises(NotFound):
        editing.move(three, "absent", 1)


def test_a_question_stays_after_what_it_depends_on(three: Questionnaire) -> None:
    for code, step in (("why", -1), ("came", 1)):
        with pytest.raises(Refused, match="doit rester après"):
            editing.move(three, code, step)
    with pytest.raises(Refused, match="ne s’affiche que selon celle-ci"):
        editing.remove(three, "came")
    fewer = replace(CAME, choices=(Choice("yes", "Oui"), Choice("maybe", "Peut-être")))
    with pytest.raises(Refused, match="que vous retirez") as refusal:
        editing.change(three, fewer)
    assert refusal.value.field == "choices"


def test_standard_parts_are_locked_and_additions_are_marked() -> None:
    standard = get_standard("journee")
    ours = editing.add(editing.taken_up(standard, "La nôtre", "Savoir", "Tous"), MOOD)
    assert [question.local for question in ours.questions] == [False] * len(standard.questions) + [True]
    for call in (
        lambda: editing.remove(ours, "advise"),
        lambda: editing.move(ours, "advise", -1),
        lambda: editing.change(ours, replace(standard.questions[0], text="Autre")),
    ):
        with pytest.raises(Refused, match="ne change pas"):
            call()
    assert codes(editing.move(ours, "mood", -1))[-2:] == ["mood", "next"]
    assert editing.describe(ours, "T", "B", "P", ["a"]).levels == standard.levels
    check(replace(ours, code="x"))


@pytest.mark.parametrize(
    ("question", "field"),
    [
        (replace(CAME, choices=CAME.choices[:1]), "choices"),
        (replace(CAME, choices=tuple(Choice(f"c{n}", str(n)) for n in range(21))), "choices"),
        (Question("g", QuestionKind.GRID, "Et ?"), "choices"),
        (replace(MOOD, levels=("Oui", "Non")), "levels"),
        (Question("s", QuestionKind.SCALE, "Note", ends=("bas",)), "low_end"),
        (Question("n", QuestionKind.NUMBER, "Combien ?", lowest=5, highest=5), "highest"),
        (replace(WHY, shown_if=Condition("later", ("no",))), "condition"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(question: Question, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        editing.check_question(question, [CAME])
    assert refusal.value.field == field


def test_the_same_words_keep_their_code() -> None:
    first, second = editing.choices_of("Oui\n\n Non \nOui"), editing.choices_of("Non\nPeut-être")
    assert [choice.text for choice in first] == ["Oui", "Non"]
    assert first[1] == second[0]
    assert len({choice.code for choice in first + second}) == 3


def test_a_condition_is_about_one_question(three: Questionnaire) -> None:
    offered = dict(editing.conditions(three, "why"))
    assert offered == {"came=yes": french("1. Venu ? : Oui"), "came=no": french("1. Venu ? : Non")}
    assert editing.condition_of(["came=yes", "came=no"]) == Condition("came", ("yes", "no"))
    assert editing.condition_of(["", ""]) is None
    assert editing.condition_values(WHY) == ["came=no"]
    with pytest.raises(Refused):
        editing.condition_of(["came=yes", "mood=1"])


def test_versions_are_compared_question_by_question(three: Questionnaire) -> None:
    later = editing.move(three, "mood", -1)
    later = editing.change(later, replace(CAME, text="Êtes-vous venu ?"))
    later = editing.change(later, replace(MOOD, use="Savoir"))
    later = editing.add(editing.remove(later, "why"), Question("town", QuestionKind.LINE, "Où ?"))
    found = editing.differences(three, later)
    assert [(each.change, each.before, each.after, each.comparable) for each in found] == [
        (Change.CHANGED, "Venu ?", "Êtes-vous venu ?", False),
        (Change.CHANGED, "Cela m’a plu.", "Cela m’a plu.", True),
        (Change.ADDED, "", "Où ?", False),
        (Change.REMOVED, "Pourquoi ?", "", False),
    ]
    assert found[0].details == ("les mots de la question",)
    assert found[1].details == ("l’usage annoncé",)
    assert editing.differences(three, three) == []


def test_other_levels_make_every_scale_incomparable(three: Questionnaire) -> None:
    later = editing.describe(three, "T", "B", "P", ["a", "b", "c", "d", "e"])
    assert [(each.after, each.details, each.comparable) for each in editing.differences(three, later)] == [
        ("Cela m’a plu.", ("les cinq réponses",), False)
    ]


def test_what_moved_is_told_once(three: Questionnaire) -> None:
    moved = editing.move(three, "mood", -1)
    assert [each.change for each in editing.differences(three, moved)] == [Change.MOVED]


def test_dimensions_come_and_go_with_their_questions(three: Questionnaire) -> None:
    known, code = editing.with_dimension(three, "Confiance")
    assert editing.with_dimension(known, "Confiance") == (known, code)
    kept = editing.change(known, replace(MOOD, dimension=code))
    assert [dimension.text for dimension in kept.dimensions] == ["Confiance"]
    assert editing.remove(kept, "mood").dimensions == ()
