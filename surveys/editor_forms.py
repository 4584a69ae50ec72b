"""Writing a questionnaire: its presentation, and one question at a time."""

from typing import Any, ClassVar

from impact.exceptions import Refused
from impact.forms import EditForm, Form, LineField, ListField, Needed, NumberField, TextField, TickField
from surveys.editing import (
    LEVELS,
    check_question,
    choices_of,
    condition_of,
    condition_values,
    conditions,
    earlier_questions,
)
from surveys.records import Question, Questionnaire
from surveys.vocabulary import WITH_CHOICES, QuestionKind

_TITLE = "Donnez un titre : les personnes le liront en premier. Exemple : Votre avis sur les vacances"
_PURPOSE = "Dites à quoi serviront les réponses : les personnes le liront avant de répondre."
_PUBLIC = "Dites à qui il s’adresse. Exemple : Parents des enfants partis en séjour"
_SCALES = frozenset({QuestionKind.LEVEL, QuestionKind.GRID})
_LISTS = WITH_CHOICES | {QuestionKind.GRID}
_UNASKED = frozenset({QuestionKind.SECTION, QuestionKind.INFORMATION})
# Fields that make sense for some kinds only.
_ONLY: dict[str, frozenset[QuestionKind]] = {
    "choices": _LISTS,
    "levels": _SCALES,
    "reversed": _SCALES,
    "dimension": _SCALES,
    "low_end": frozenset({QuestionKind.SCALE}),
    "high_end": frozenset({QuestionKind.SCALE}),
    "lowest": frozenset({QuestionKind.NUMBER}),
    "highest": frozenset({QuestionKind.NUMBER}),
    "required": frozenset(QuestionKind) - _UNASKED,
    "aside": frozenset(QuestionKind) - _UNASKED,
    "use": frozenset(QuestionKind) - _UNASKED,
}
# What a field is called where it holds no question, or no answer.
_CALLED: dict[QuestionKind, dict[str, str]] = {
    QuestionKind.GRID: {"text": "Titre du tableau", "choices": "Phrases du tableau"},
    QuestionKind.INFORMATION: {"text": "Texte", "help": "Précision sous le texte"},
    QuestionKind.SECTION: {"text": "Titre", "help": "Précision sous le titre"},
}


class NewQuestionnaireForm(Form):
    """Where to start from."""

    start = ListField("Partir de")
    title = LineField("Titre", [Needed(_TITLE)], longest=120)
    purpose = TextField("À quoi il sert", [Needed(_PURPOSE)], longest=400)
    public = LineField("À qui il s’adresse", [Needed(_PUBLIC)], longest=160)


class PresentationForm(EditForm):
    """What is said before the questions, and the five answers."""

    title = LineField("Titre", [Needed(_TITLE)], longest=120)
    purpose = TextField("À quoi il sert", [Needed(_PURPOSE)], longest=400)
    public = LineField("À qui il s’adresse", [Needed(_PUBLIC)], longest=160)
    levels = TextField("Les cinq réponses, de la moins à la plus favorable", longest=500)

    def read_levels(self) -> list[str]:
        """One answer a line; raises Refused unless there are five."""
        levels = lines(self.levels.data)
        if len(set(levels)) != LEVELS:
            raise Refused(f"Écrivez {LEVELS} réponses différentes, une par ligne.", "levels")
        return levels


class QuestionForm(EditForm):
    """Everything that a question may have; what makes no sense for its kind is taken away."""

    text = TextField("Question", [Needed("Écrivez ce que la personne lira.")], longest=400)
    help = LineField("Précision sous la question", longest=200)
    choices = TextField(
        "Réponses proposées", [Needed("Écrivez ce qui est proposé, une ligne pour chaque.")], longest=4_000
    )
    levels = TextField("Cinq réponses propres à cette question", longest=500)
    low_end = LineField("Ce que veut dire 0", longest=60)
    high_end = LineField("Ce que veut dire 10", longest=60)
    lowest = NumberField("Plus petit nombre accepté", highest=1_000_000)
    highest = NumberField("Plus grand nombre accepté", highest=1_000_000)
    use = LineField("À quoi servira la réponse", longest=160)
    dimension = LineField("Thème", longest=80)
    required = TickField("Une réponse est nécessaire")
    aside = TickField("Proposer « Je ne sais pas, ou cela ne me concerne pas »")
    reversed = TickField("Phrase inversée : être d’accord est défavorable")
    condition = ListField("Afficher seulement si la réponse est")
    condition_or = ListField("ou si elle est")
    # As many as the condition has answers already, so that none is lost: see `question_form`.
    more_conditions: ClassVar[tuple[str, ...]] = ()

    def as_record(self, questionnaire: Questionnaire, code: str, kind: QuestionKind, dimension: str) -> Question:
        """What was typed; raises Refused at the field of what makes no sense."""
        ends = tuple(end for end in (self._said("low_end"), self._said("high_end")) if end)
        names = ("condition", "condition_or", *self.more_conditions)
        chosen = [str(self._said(name) or "") for name in names]
        question = Question(
            code=code,
            kind=kind,
            text=str(self.text.data),
            help=str(self.help.data or ""),
            required=bool(self._said("required")),
            aside=bool(self._said("aside")),
            reversed=bool(self._said("reversed")),
            dimension=dimension,
            use=str(self._said("use") or ""),
            levels=tuple(lines(self._said("levels"))),
            ends=ends,
            lowest=int(self._said("lowest") or 0),
            highest=_or(self._said("highest"), 1000),
            choices=choices_of(str(self._said("choices") or "")),
            shown_if=condition_of(chosen),
        )
        return check_question(question, earlier_questions(questionnaire, code))

    def _said(self, name: str) -> Any:
        return self[name].data if name in self else None


def question_form(questionnaire: Questionnaire, kind: QuestionKind, question: Question | None) -> QuestionForm:
    """The form of one kind of question, filled with the question when it exists."""
    known = condition_values(question) if question else []
    more = tuple(f"condition_{place}" for place in range(3, len(known) + 2))
    fields = {name: ListField("ou si elle est") for name in more}
    made: type[QuestionForm] = type("AskedQuestionForm", (QuestionForm,), {**fields, "more_conditions": more})
    values = _values(questionnaire, question) if question else {"highest": 1000}
    form = made(data=values | dict(zip(more, known[2:], strict=False)))
    for name, kinds in _ONLY.items():
        if kind not in kinds:
            del form[name]
    for name, label in _CALLED.get(kind, {}).items():
        form[name].label.text = label
    answers = conditions(questionnaire, question.code if question else "")
    for name in ("condition", "condition_or", *more):
        if answers:
            form[name].choices = answers
        else:
            del form[name]
    return form


def lines(text: Any) -> list[str]:
    """The lines that hold something."""
    return [line.strip() for line in str(text or "").splitlines() if line.strip()]


def _values(questionnaire: Questionnaire, question: Question) -> dict[str, Any]:
    dimensions = {dimension.code: dimension.text for dimension in questionnaire.dimensions}
    condition, condition_or = (*condition_values(question), "", "")[:2]
    return {
        "text": question.text,
        "help": question.help,
        "choices": "\n".join(choice.text for choice in question.choices),
        "levels": "\n".join(question.levels),
        "low_end": question.ends[0] if question.ends else "",
        "high_end": question.ends[1] if question.ends else "",
        "lowest": question.lowest,
        "highest": question.highest,
        "use": question.use,
        "dimension": dimensions.get(question.dimension, ""),
        "required": question.required,
        "aside": question.aside,
        "reversed": question.reversed,
        "condition": condition,
        "condition_or": condition_or,
    }


def _or(value: Any, default: int) -> int:
    return default if value is None else int(value)
