"""Writing a questionnaire: what may change, in which order, and what a change does to comparability."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from impact.exceptions import NotFound, Refused
from impact.wording import french
from surveys.answering import answers_of, minutes_asked
from surveys.languages.rules import keep_translations
from surveys.records import Choice, Condition, Difference, Question, Questionnaire
from surveys.vocabulary import WITH_CHOICES, Change, QuestionKind

MOST_QUESTIONS, MOST_CHOICES = 80, 20
LEVELS = 5
SOURCE, LICENCE = "Questionnaire écrit par la communauté.", "Réservé à la communauté"
# Answers to these can decide whether a later question is shown.
_DECIDING = frozenset({QuestionKind.ONE, QuestionKind.SEVERAL, QuestionKind.LEVEL, QuestionKind.SCALE})
_SCALES = frozenset({QuestionKind.LEVEL, QuestionKind.GRID})
_BETWEEN = "="


def blank(title: str, purpose: str, public: str, levels: Sequence[str]) -> Questionnaire:
    """A questionnaire without a question."""
    return Questionnaire("", 1, title, purpose, public, 1, SOURCE, LICENCE, tuple(levels), ())


def taken_up(standard: Questionnaire, title: str, purpose: str, public: str) -> Questionnaire:
    """A standard questionnaire to which a community may add its own questions."""
    own = replace(standard, code="", version=1, title=title, purpose=purpose, public=public, standard=standard.code)
    return keep_translations(standard, own)


def is_locked(questionnaire: Questionnaire, question: Question) -> bool:
    """Whether a question belongs to the standard that was taken up: it stays as it is, so that answers compare."""
    return bool(questionnaire.standard) and not question.local


def get_question(questionnaire: Questionnaire, code: str) -> Question:
    """Raises NotFound."""
    found = questionnaire.question(code)
    if found is None:
        raise NotFound
    return found


def add(questionnaire: Questionnaire, question: Question) -> Questionnaire:
    """The question at the end, marked as local in a standard questionnaire; raises Refused past eighty."""
    if len(questionnaire.questions) >= MOST_QUESTIONS:
        raise Refused(f"Un questionnaire a {MOST_QUESTIONS} éléments au plus. Retirez-en avant d’en ajouter.")
    added = replace(question, local=bool(questionnaire.standard))
    return _with(questionnaire, [*questionnaire.questions, added])


def change(questionnaire: Questionnaire, question: Question) -> Questionnaire:
    """The question of the same code, replaced; raises Refused when it is locked, or when another counts on its answers."""
    before = get_question(questionnaire, question.code)
    _refuse_locked(questionnaire, before)
    files = {choice.code: choice for choice in before.choices}
    choices = (replace(files.get(each.code, each), text=each.text) for each in question.choices)
    kept = replace(question, local=before.local, choices=tuple(choices))
    lost = set(dict(answers_of(questionnaire, before))) - set(dict(answers_of(questionnaire, kept)))
    for other in _depending(questionnaire, before):
        if other.shown_if and lost & set(other.shown_if.answers):
            raise Refused(f"La question « {other.text} » dépend d’une réponse que vous retirez.", "choices")
    return _with(questionnaire, [kept if each.code == kept.code else each for each in questionnaire.questions])


def change_choice(questionnaire: Questionnaire, code: str, choice: Choice) -> Questionnaire:
    """The question with the answer of the same code replaced; raises Refused when it is locked."""
    question = get_question(questionnaire, code)
    _refuse_locked(questionnaire, question)
    choices = tuple(choice if each.code == choice.code else each for each in question.choices)
    changed = replace(question, choices=choices)
    return _with(questionnaire, [changed if each.code == code else each for each in questionnaire.questions])


def remove(questionnaire: Questionnaire, code: str) -> Questionnaire:
    """Without this question; raises Refused when it is locked, or when another depends on it."""
    question = get_question(questionnaire, code)
    _refuse_locked(questionnaire, question)
    if depending := _depending(questionnaire, question):
        raise Refused(f"La question « {depending[0].text} » ne s’affiche que selon celle-ci : changez-la d’abord.")
    return _with(questionnaire, [each for each in questionnaire.questions if each.code != code])


def move(questionnaire: Questionnaire, code: str, step: int) -> Questionnaire:
    """The question one place up (−1) or down (1); unchanged at the ends; Refused when locked, or before its condition."""
    question = get_question(questionnaire, code)
    _refuse_locked(questionnaire, question)
    questions = list(questionnaire.questions)
    place = questions.index(question)
    if not 0 <= place + step < len(questions):
        return questionnaire
    questions[place], questions[place + step] = questions[place + step], question
    upper, lower = questions[min(place, place + step)], questions[max(place, place + step)]
    if upper.shown_if and upper.shown_if.question == lower.code:
        raise Refused(f"« {upper.text} » ne s’affiche que selon « {lower.text} » : elle doit rester après.")
    return _with(questionnaire, questions)


def describe(
    questionnaire: Questionnaire, title: str, purpose: str, public: str, levels: Sequence[str]
) -> Questionnaire:
    """Title, purpose, public, and the five answers unless they come from a standard."""
    kept = questionnaire.levels if questionnaire.standard else tuple(levels)
    return replace(questionnaire, title=title, purpose=purpose, public=public, levels=kept)


def check_question(question: Question, earlier: Sequence[Question]) -> Question:
    """The question as it is; raises Refused at the field of what is missing or contradicts itself."""
    least = 2 if question.kind in WITH_CHOICES else 1 if question.kind is QuestionKind.GRID else 0
    if len(question.choices) < least:
        raise Refused(f"Écrivez au moins {least} lignes." if least > 1 else "Écrivez au moins une phrase.", "choices")
    if len(question.choices) > MOST_CHOICES:
        raise Refused(f"Gardez {MOST_CHOICES} lignes au plus.", "choices")
    if question.levels and len(question.levels) != LEVELS:
        raise Refused(
            f"Écrivez {LEVELS} réponses, une par ligne, ou aucune pour garder celles du questionnaire.", "levels"
        )
    if len(question.ends) == 1:
        raise Refused("Écrivez les deux bouts de l’échelle, ou aucun.", "low_end")
    if question.kind is QuestionKind.NUMBER and question.lowest >= question.highest:
        raise Refused("Le plus grand nombre doit dépasser le plus petit.", "highest")
    if question.shown_if and question.shown_if.question not in [each.code for each in earlier]:
        raise Refused("Choisissez une réponse à une question qui vient avant.", "condition")
    return question


def choices_of(lines: str) -> tuple[Choice, ...]:
    """One choice a line; the same words always have the same code, so that versions compare."""
    kept = dict.fromkeys(line.strip() for line in lines.splitlines() if line.strip())
    return tuple(Choice(code_of(text), text) for text in kept)


def code_of(text: str) -> str:
    """A code drawn from words."""
    return "c" + hashlib.sha256(text.encode()).hexdigest()[:10]


def conditions(questionnaire: Questionnaire, before: str = "") -> list[tuple[str, str]]:
    """Every answer, of the questions that come before this one (of all when empty), that may decide what is shown."""
    found: list[tuple[str, str]] = []
    for question in earlier_questions(questionnaire, before):
        if question.kind in _DECIDING:
            place = questionnaire.asked.index(question) + 1
            for code, words in answers_of(questionnaire, question):
                found.append((f"{question.code}{_BETWEEN}{code}", french(f"{place}. {question.text} : {words}")))
    return found


def earlier_questions(questionnaire: Questionnaire, code: str) -> list[Question]:
    """The questions before this one; all of them when no question has this code."""
    codes = [each.code for each in questionnaire.questions]
    return list(questionnaire.questions[: codes.index(code)] if code in codes else questionnaire.questions)


def condition_of(chosen: Sequence[str]) -> Condition | None:
    """The condition that those answers make; raises Refused when they answer different questions."""
    pairs = [value.partition(_BETWEEN) for value in chosen if value]
    if not pairs:
        return None
    if len({question for question, _, _ in pairs}) > 1:
        raise Refused("Choisissez une autre réponse à la même question.", "condition_or")
    return Condition(pairs[0][0], tuple(dict.fromkeys(answer for _, _, answer in pairs)))


def condition_values(question: Question) -> list[str]:
    """What `condition_of` was given."""
    condition = question.shown_if
    return [f"{condition.question}{_BETWEEN}{answer}" for answer in condition.answers] if condition else []


def differences(before: Questionnaire, after: Questionnaire) -> list[Difference]:
    """What a version changes, in the order of the later one, then what it removes."""
    old = {question.code: question for question in before.questions}
    new = {question.code: question for question in after.questions}
    kept = [code for code in new if code in old]
    moved = _moved([code for code in old if code in new], kept)
    found: list[Difference] = []
    for code, question in new.items():
        if code not in old:
            found.append(Difference(code, Change.ADDED, "", question.text, (), False))
        elif details := _details(old[code], question, before, after):
            same = _is_comparable(old[code], question, before, after)
            found.append(Difference(code, Change.CHANGED, old[code].text, question.text, details, same))
        elif code in moved:
            found.append(Difference(code, Change.MOVED, question.text, question.text, (), True))
    gone = [question for code, question in old.items() if code not in new]
    return found + [Difference(question.code, Change.REMOVED, question.text, "", (), False) for question in gone]


def _moved(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """Questions that do not stand in the longest run of those that kept their order."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return set(new) - {code for block in blocks for code in new[block.b : block.b + block.size]}


def _details(old: Question, new: Question, before: Questionnaire, after: Questionnaire) -> tuple[str, ...]:
    words = {
        "les mots de la question": old.text != new.text,
        "l’aide": old.help != new.help,
        "les réponses proposées": _said(old) != _said(new) or old.ends != new.ends,
        "les images": [each.picture for each in old.choices] != [each.picture for each in new.choices],
        "les sons": [each.sounds for each in old.choices] != [each.sounds for each in new.choices],
        "les cinq réponses": old.kind in _SCALES and _levels(old, before) != _levels(new, after),
        "les bornes": (old.lowest, old.highest) != (new.lowest, new.highest),
        "la condition": old.shown_if != new.shown_if,
        "« réponse nécessaire »": old.required != new.required,
        "« je ne sais pas »": old.aside != new.aside,
        "le sens de la phrase": old.reversed != new.reversed,
        "le thème": old.dimension != new.dimension,
        "l’usage annoncé": old.use != new.use,
    }
    return tuple(name for name, differs in words.items() if differs)


def _is_comparable(old: Question, new: Question, before: Questionnaire, after: Questionnaire) -> bool:
    """Whether people were asked the same thing, of the same people: what they read and who was shown it are equal."""
    asked = [
        (
            each.kind,
            each.text,
            _said(each),
            [choice.picture for choice in each.choices],
            each.ends,
            each.shown_if,
            each.aside,
        )
        for each in (old, new)
    ]
    return asked[0] == asked[1] and (old.kind not in _SCALES or _levels(old, before) == _levels(new, after))


def _said(question: Question) -> list[tuple[str, str]]:
    return [(choice.code, choice.text) for choice in question.choices]


def _levels(question: Question, questionnaire: Questionnaire) -> tuple[str, ...]:
    return question.levels or questionnaire.levels


def _depending(questionnaire: Questionnaire, question: Question) -> list[Question]:
    return [each for each in questionnaire.questions if each.shown_if and each.shown_if.question == question.code]


def _refuse_locked(questionnaire: Questionnaire, question: Question) -> None:
    if is_locked(questionnaire, question):
        raise Refused("Cette question vient du questionnaire de la bibliothèque : elle ne change pas.")


def _with(questionnaire: Questionnaire, questions: Sequence[Question]) -> Questionnaire:
    """Minutes and dimensions follow the questions."""
    used = {question.dimension for question in questions}
    known = {dimension.code: dimension for dimension in questionnaire.dimensions}
    return replace(
        questionnaire,
        questions=tuple(questions),
        minutes=minutes_asked(questions),
        dimensions=tuple(dimension for code, dimension in known.items() if code in used),
    )


def with_dimension(questionnaire: Questionnaire, title: str) -> tuple[Questionnaire, str]:
    """The questionnaire that knows a dimension of this title, and the dimension's code, empty without a title."""
    if not title:
        return questionnaire, ""
    for dimension in questionnaire.dimensions:
        if dimension.text == title:
            return questionnaire, dimension.code
    code = code_of(title)
    return replace(questionnaire, dimensions=(*questionnaire.dimensions, Choice(code, title))), code
