"""What the readers of other tools' questionnaires share: codes, conditions, the questionnaire at the end."""

import re
from dataclasses import dataclass, field

from impact.exceptions import Refused
from surveys.definitions import CODE, check, get_standard
from surveys.exchange.records import Left, Taken
from surveys.records import Choice, Condition, Question, Questionnaire
from surveys.vocabulary import QuestionKind

_TAG = re.compile(r"<[^>]+>")


@dataclass
class Building:
    """Questions taken up so far, what is left, and the codes that replace the tool's own names."""

    questions: list[Question] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    answers: dict[str, dict[str, str]] = field(default_factory=dict)

    def leave(self, line: int, message: str) -> None:
        """Tell something that is not taken up."""
        self.left.append(Left(line, message))

    def code(self, name: str) -> str:
        """The code of a question of this name."""
        made = plain_code(name, set(self.codes.values()))
        self.codes[name] = made
        return made

    def choices(self, name: str, pairs: list[tuple[str, str]]) -> tuple[Choice, ...]:
        """The choices of a question, by the tool's codes."""
        kept: dict[str, str] = {}
        for code, _ in pairs:
            kept[code] = plain_code(code, set(kept.values()))
        self.answers[name] = kept
        return tuple(Choice(kept[code], text or code) for code, text in dict(pairs).items())

    def condition(self, line: int, text: str, pairs: list[tuple[str, str]], whole: bool) -> Condition | None:
        """The condition that those names and answers make; told and left out when there is more to it."""
        names = {name for name, _ in pairs}
        if not text:
            return None
        if not whole or len(names) != 1 or next(iter(names)) not in self.codes:
            self.leave(line, f"la condition « {text} » n’est pas suivie : la question sera toujours posée.")
            return None
        name = names.pop()
        known = self.answers.get(name, {})
        return Condition(self.codes[name], tuple(known.get(answer, answer) for _, answer in pairs))

    def finish(self, title: str, source: str) -> Taken:
        """The questionnaire; raises Refused when it asks nothing, or contradicts itself."""
        if not any(question.is_asked for question in self.questions):
            raise Refused("Ce fichier ne pose aucune question que l’on sache reprendre.", "file")
        levels = get_standard("satisfaction-parents").levels
        licence = "Réservé à la communauté"
        made = Questionnaire("", 1, title, "", "", 1, source, licence, levels, tuple(self.questions))
        try:
            check(made)
        except ValueError:
            raise Refused(
                "Ce questionnaire se contredit : une condition, une liste ou des bornes ne vont pas avec le reste.",
                "file",
            ) from None
        return Taken(made, tuple(sorted(self.left, key=lambda each: each.line)))


def plain_code(name: str, taken: set[str]) -> str:
    """A name as the product's codes are: small letters, digits and _; the same name when it is one already."""
    code = name if CODE.fullmatch(name) else re.sub(r"[^a-z0-9_]", "_", name.strip().lower())[:40]
    if not code[:1].isascii() or not code[:1].isalpha():
        code = f"c_{code}"[:40]
    number, first = 2, code
    while code in taken:
        code, number = f"{first[:36]}_{number}", number + 1
    return code


def without_tags(text: str) -> str:
    """The words of a text written for a browser."""
    return " ".join(_TAG.sub(" ", text).replace("&nbsp;", " ").replace("&amp;", "&").split())


def kind_of_list(several: bool) -> QuestionKind:
    """One answer of a list, or several."""
    return QuestionKind.SEVERAL if several else QuestionKind.ONE
