"""The picture and the sounds of one answer."""

from dataclasses import replace
from typing import Any

from wtforms import FileField

from impact.exceptions import Refused
from impact.forms import EditForm, ListField, SeveralField
from surveys.languages.records import Language
from surveys.media.files import read_picture, read_sound
from surveys.records import Choice

_PICTURE = "picture"


class ChoiceFilesForm(EditForm):
    """A picture for everybody, one sound in each language; what is there may be taken away."""

    picture = FileField("Image")
    sound = FileField("Son")
    language = ListField("Langue du son")
    dropped = SeveralField("Retirer")

    def as_record(self, choice: Choice) -> tuple[Choice, dict[str, bytes]]:
        """The answer with what was sent, and the files to keep; raises Refused at the field of a wrong one."""
        kept: dict[str, bytes] = {}
        gone = set(self.dropped.data or []) if "dropped" in self else set()
        sounds = {language: name for language, name in choice.sounds if language not in gone}
        picture = "" if _PICTURE in gone else choice.picture
        if content := content_of(self.picture):
            picture, drawn = read_picture(content)
            kept[picture] = drawn
        if content := content_of(self.sound):
            name, kept_sound = read_sound(content)
            kept[name] = kept_sound
            sounds[str(self.language.data)] = name
        if not kept and not gone:
            raise Refused("Choisissez une image ou un son, ou ce qu’il faut retirer.", "picture")
        return replace(choice, picture=picture, sounds=tuple(sorted(sounds.items()))), kept


def choice_files_form(choice: Choice, languages: list[Language], version: int) -> ChoiceFilesForm:
    """The form of one answer of a question."""
    form = ChoiceFilesForm(data={"version": version, "language": languages[0].code})
    form.language.choices = [(each.code, each.name) for each in languages]
    names = {each.code: each.name for each in languages}
    there = [(_PICTURE, "L’image")] if choice.picture else []
    there += [(code, f"Le son en {names.get(code, code)}") for code, _ in choice.sounds]
    if there:
        form.dropped.choices = there
    else:
        del form.dropped
    return form


def content_of(field: FileField) -> bytes:
    """What was sent in a field, closed once read; empty when nothing was."""
    given: Any = field.data
    if not given or not given.filename:
        return b""
    with given.stream:
        return bytes(given.read())
