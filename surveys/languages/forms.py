"""Forms of languages: a new one, its interface words, the translation of a questionnaire."""

from collections.abc import Mapping
from typing import Any

from impact.exceptions import Refused
from impact.forms import ChoiceField, EditForm, Form, LineField, ListField, TextField
from surveys.languages.known import PROPOSED
from surveys.languages.records import Language
from surveys.languages.rules import LONGEST_WORDS, check_code
from surveys.languages.vocabulary import Direction

_PREFIX = "w-"
ANOTHER = ""


class LanguageForm(Form):
    """A language of the list, or another with its name, its code and its direction."""

    known = ListField("Langue", [(each.code, each.name) for each in PROPOSED])
    name = LineField("Son nom, écrit dans cette langue", longest=60)
    code = LineField("Son code international", longest=20)
    direction = ChoiceField("Elle s’écrit", Direction.choices(), default=Direction.LEFT.value)

    def as_record(self, taken: set[str]) -> Language:
        """The language; raises Refused at the field of what is missing."""
        for each in PROPOSED:
            if each.code == self.known.data:
                if each.code in taken:
                    raise Refused("Cette langue est déjà là.", "known")
                return each
        if not self.name.data:
            raise Refused("Choisissez une langue de la liste, ou écrivez le nom d’une autre.", "name")
        code = check_code(str(self.code.data or ""), taken)
        return Language(code, code, str(self.name.data), str(self.direction.data or Direction.LEFT.value))


class SideBySideForm(EditForm):
    """One field for each text, named after its place."""

    def typed(self) -> dict[str, str]:
        """What was written, by place."""
        return {
            name.removeprefix(_PREFIX): str(field.data or "")
            for name, field in self._fields.items()
            if name.startswith(_PREFIX)
        }

    def at(self, place: str) -> Any:
        """The field of a place."""
        return self._fields[f"{_PREFIX}{place}"]

    def mark(self, wrong: Mapping[str, str]) -> None:
        """Put messages at their fields."""
        for place, message in wrong.items():
            self.at(place).errors = [message]


def side_by_side(texts: Mapping[str, str], written: Mapping[str, str], version: int) -> SideBySideForm:
    """The form that faces `texts` with what is `written`, by place."""
    fields = {
        f"{_PREFIX}{place}": TextField(text, longest=LONGEST_WORDS, default=written.get(place, ""))
        for place, text in texts.items()
    }
    form: SideBySideForm = type("AskedForm", (SideBySideForm,), fields)()
    if not form.is_submitted():
        form.version.data = str(version)
    return form
