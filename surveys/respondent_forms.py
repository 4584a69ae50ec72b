"""The form of one questionnaire, made from its questions."""

import secrets
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, ClassVar

from markupsafe import Markup
from wtforms import HiddenField

from impact.forms import (
    ChoiceField,
    DateField,
    Form,
    LineField,
    ListField,
    NumberField,
    SeveralField,
    TextField,
    TickField,
)
from impact.wording import french, number
from surveys.answering import (
    ASIDE,
    LONGEST_LINE,
    LONGEST_WORDS,
    REFUSED,
    UNKNOWN,
    answers_of,
    condition_words,
    fields_of,
    find_problems,
)
from surveys.languages.known import FRENCH, french_interface
from surveys.languages.records import Interface
from surveys.languages.rules import left_in_french, translate
from surveys.plain_reading import PREFIX
from surveys.records import Question, Questionnaire
from surveys.vocabulary import QuestionKind

Words = Mapping[str, str]
CODE_FIELDS = ("code_mother", "code_day", "code_town")
# Beside these, « je ne sais pas » is a box of its own; in a list it is one more answer.
_BOXED = frozenset({QuestionKind.NUMBER, QuestionKind.DAY, QuestionKind.LINE, QuestionKind.WORDS, QuestionKind.RANKING})


class RespondentForm(Form):
    """Answers without a cookie: `key` alone tells a form sent twice from two people.

    Forgery protection needs a cookie, and guards what a browser is signed in to; whoever answers is signed in to
    nothing, and anybody who holds the link may answer.
    """

    once = None  # type: ignore[assignment]
    key = HiddenField(default=lambda: secrets.token_urlsafe(18))
    questionnaire: ClassVar[Questionnaire]
    interface: ClassVar[Interface]
    # What stays French on a page in another language, marked as such.
    in_french: ClassVar[frozenset[str]]
    # Where the page finds a file by its name, given as `code`; none are shown without it.
    file_url: Callable[..., str] | None = None

    class Meta(Form.Meta):
        csrf = False

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        for field in self:
            field.errors = [self._wrong(field, str(message)) for message in field.errors]
        for name, message in find_problems(self.questionnaire, self.typed()).items():
            field = self[f"{PREFIX}{name}"]
            if not field.errors:
                field.errors = [self.say(message)]
                valid = False
        return valid

    def typed(self) -> dict[str, Any]:
        """What was sent, by question, or by sentence of a grid and choice of a ranking."""
        return {field.name.removeprefix(PREFIX): field.data for field in self if field.name.startswith(PREFIX)}

    def code_parts(self) -> list[Any]:
        """The fields of the code, when it is asked."""
        return [self[name] for name in CODE_FIELDS if name in self]

    def question(self, code: str) -> Any:
        """The field of a question."""
        return self[f"{PREFIX}{code}"]

    def parts(self, question: Question) -> list[Any]:
        """The fields of a grid's sentences, or of a ranking's choices."""
        return [self.question(name) for name in fields_of(question)]

    def aside(self, question: Question) -> Any:
        """The box « je ne sais pas » beside a question; None when it has none, or when it is one of its answers."""
        return self._fields.get(f"{PREFIX}{ASIDE}{question.code}")

    def files(self, question: Question, code: str) -> tuple[str, str]:
        """Addresses of the picture of an answer, and of the sound that says it in this language; empty without."""
        choice = next((each for each in question.choices if each.code == code), None)
        if choice is None or self.file_url is None:
            return "", ""
        names = choice.picture, choice.sound(self.interface.language.code)
        return tuple(self.file_url(code=name) if name else "" for name in names)  # type: ignore[return-value]

    def faces(self, question: Question) -> tuple[int, ...]:
        """The face beside each of the five answers, 5 the happiest: the first ones where to agree is bad news."""
        if question.kind is not QuestionKind.LEVEL:
            return ()
        return (5, 4, 3, 2, 1) if question.reversed else (1, 2, 3, 4, 5)

    def condition(self, question: Question) -> str:
        """Whom a question is for, empty when it is for everybody."""
        answers, place = condition_words(self.questionnaire, question)
        quoted = [self.say("quoted", answer=answer) for answer in answers]
        return self.say("only_if", answers=f" {self.say('or')} ".join(quoted), n=place) if answers else ""

    def bounds(self, question: Question) -> dict[str, str]:
        """The bounds of a number, in words."""
        return {"low": number(question.lowest), "high": number(question.highest)}

    def say(self, name: str, **values: object) -> str:
        """A word of the page, in its language."""
        return self.interface.say(name, **values)

    def words(self, text: str) -> str:
        """A text of the questionnaire; marked as French when the page is in another language and it is not."""
        if text not in self.in_french:
            return self.interface.spaced(text)
        return Markup('<span lang="fr" dir="ltr">{}</span>').format(french(text))

    def _wrong(self, field: Any, in_french: str) -> str:
        if self.interface.language == FRENCH:
            return french(in_french)
        if isinstance(field, NumberField):
            return self.say("number_wrong", low=number(field.lowest), high=number(field.highest))
        if isinstance(field, DateField):
            return self.say("day_wrong")
        if isinstance(field, LineField | TextField):
            return self.say("too_long", most=LONGEST_LINE if isinstance(field, LineField) else number(LONGEST_WORDS))
        return self.say("list_wrong")


def respondent_form(
    questionnaire: Questionnaire, interface: Interface | None = None, asks_code: bool = False, **options: Any
) -> RespondentForm:
    """The form of one questionnaire, in French by default: a field for each question, several for a grid and a ranking.

    `asks_code` puts before them the three parts of the code that the respondent makes.
    """
    return _form_class(questionnaire, interface or french_interface(), asks_code)(**options)


@lru_cache(maxsize=64)
def _form_class(questionnaire: Questionnaire, spoken: Interface, asks_code: bool) -> type[RespondentForm]:
    """Made once for everybody who answers: it costs more than reading what one person sent."""
    code = spoken.language.code
    asked = translate(questionnaire, code)
    fields: dict[str, Any] = {
        "questionnaire": asked,
        "interface": spoken,
        "in_french": left_in_french(questionnaire, code) if code != FRENCH.code else frozenset(),
    }
    if asks_code:
        fields |= {name: LineField(spoken.words[name], longest=20) for name in CODE_FIELDS}
    for question in asked.asked:
        fields.update(_fields(asked, question, spoken.words))
    return type("AskedForm", (RespondentForm,), fields)


def _fields(questionnaire: Questionnaire, question: Question, words: Words) -> dict[str, Any]:
    found = {f"{PREFIX}{name}": field for name, field in _answer_fields(questionnaire, question, words)}
    if question.aside and question.kind in _BOXED:
        found[f"{PREFIX}{ASIDE}{question.code}"] = TickField(words["unknown"])
    return found


def _answer_fields(questionnaire: Questionnaire, question: Question, words: Words) -> list[tuple[str, Any]]:
    unknown = [(UNKNOWN, words["unknown"])] if question.aside else []
    if question.kind is QuestionKind.GRID:
        levels = [(str(level), text) for level, text in enumerate(question.levels or questionnaire.levels, start=1)]
        sentences = zip(fields_of(question), question.choices, strict=True)
        return [(name, ChoiceField(row.text, [*levels, *unknown])) for name, row in sentences]
    if question.kind is QuestionKind.RANKING:
        ranks = [(str(rank), str(rank)) for rank in range(1, len(question.choices) + 1)]
        ranked = zip(fields_of(question), question.choices, strict=True)
        return [(name, ListField(choice.text, ranks)) for name, choice in ranked]
    return [(question.code, _answer_field(questionnaire, question, unknown, words))]


def _answer_field(
    questionnaire: Questionnaire, question: Question, unknown: list[tuple[str, str]], words: Words
) -> Any:
    text, answers = question.text, answers_of(questionnaire, question)
    match question.kind:
        case QuestionKind.LEVEL:
            return ChoiceField(text, [*answers, *unknown, (REFUSED, words["refused"])])
        case QuestionKind.ONE | QuestionKind.SCALE:
            return ChoiceField(text, [*answers, *unknown])
        case QuestionKind.SEVERAL:
            return SeveralField(text, [*answers, *unknown])
        case QuestionKind.NUMBER:
            return NumberField(text, lowest=question.lowest, highest=question.highest)
        case QuestionKind.DAY:
            return DateField(text)
        case QuestionKind.LINE:
            return LineField(text, longest=LONGEST_LINE)
        case _:
            return TextField(text, longest=LONGEST_WORDS)
