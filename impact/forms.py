"""The base of every form: French messages, cleaned text, a one-use key, French numbers and dates."""

import re
import secrets
from calendar import isleap
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask import g
from flask_wtf import FlaskForm
from werkzeug.datastructures import FileStorage
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import Length, Optional, StopValidation
from wtforms.widgets import TextInput

from impact.addresses import is_email, is_phone
from impact.exceptions import Refused
from impact.wording import clean_text, fold, number, read_number, short_date

LONGEST_TEXT = 10_000
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
_DATE_FORMATS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y")
_FEBRUARY, _SHORT_MONTHS = 2, (4, 6, 9, 11)


class Needed:
    """The field must be filled; the message says what to write."""

    def __init__(self, message: str) -> None:
        self.message = message
        self.field_flags = {"needed": True}

    def __call__(self, form: FlaskForm, field: Field) -> None:
        if field.process_errors:
            raise StopValidation
        if field.data is None or (isinstance(field.data, str | list | FileStorage) and not field.data):
            raise StopValidation(self.message)


class Email:
    """Refuses what cannot be an e-mail address, and says which part is missing."""

    def __call__(self, form: FlaskForm, field: Field) -> None:
        if field.data and not is_email(field.data):
            missing = "la fin de l’adresse, après « @ »" if "@" in field.data else "le signe « @ » de l’adresse"
            raise ValidationError(f"Il manque {missing}. Exemple : prenom@exemple.org.")


class Phone:
    """Refuses what cannot be dialled."""

    def __call__(self, form: FlaskForm, field: Field) -> None:
        if field.data and not is_phone(field.data):
            raise ValidationError("Écrivez un numéro de téléphone. Exemple : 06 12 34 56 78.")


class Form(FlaskForm):  # type: ignore[misc]
    """A form stored once however often it is sent; remembered in `g.form` so that error pages keep what was typed."""

    once = HiddenField(default=lambda: secrets.token_urlsafe(18))

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        locales = ("fr",)

    @property
    def once_key(self) -> str:
        """The one-use key, at most 64 characters."""
        return str(self.once.data or "")[:64]

    def validate(self, extra_validators: Any = None) -> bool:
        g.form = self
        valid = bool(super().validate(extra_validators))
        for field in self:
            field.errors = list(dict.fromkeys(str(error) for error in field.errors if str(error)))[:1]
        return valid

    def resumed(self) -> bool:
        """Whether this is a form given back after an expired session: shown as typed, not yet sent."""
        return bool(g.get("resumed"))

    def submitted(self) -> bool:
        """Sent and right; a form given back after an expired session is only shown."""
        return not self.resumed() and bool(self.validate_on_submit())

    def refuse(self, refusal: Refused) -> None:
        """Put a rule's refusal at its field, or on top when it names none."""
        target = self._fields.get(refusal.field)
        if target is None:
            self.form_errors.append(str(refusal))
        else:
            target.errors = [str(refusal)]

    def error_list(self) -> list[tuple[str, str, str]]:
        """Field id, label and message of every error, for the summary on top; the id is empty for the whole form."""
        found = [("", "", str(message)) for message in self.form_errors]
        for field in self:
            found += [(_anchor(field), field.label.text, str(message)) for message in field.errors]
        return found


class EditForm(Form):
    """A form on something that exists: it carries the version that was read."""

    version = HiddenField(default="1")

    @property
    def version_read(self) -> int:
        """The version that this person started from; 0 (hence a conflict) when it was tampered with."""
        text = str(self.version.data)
        return int(text) if text.isascii() and text.isdecimal() else 0


class WatchedForm(Form):
    """A form of a child's follow-up: it leaves out what was switched off, and asks twice about warned words.

    `subject` is the table that the form fills: a field switched off is « table.field ». `elsewhere` names the column
    of a field that fills another table, or has another name there.
    """

    subject = ""
    elsewhere: Mapping[str, str] = {}
    names = frozenset({"given_name", "family_name", "person"})
    keep_words = BooleanField("Garder quand même ces mots")
    warned: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def watch(self, words: Iterable[str], off: Collection[str]) -> None:
        """Hand in the warned words and the fields switched off; what the latter held stays as it is."""
        self.words = tuple(words)
        for field in self:
            if self.elsewhere.get(field.name, f"{self.subject}.{field.name}") in off:
                field.off, field.validators, field.process_errors = True, [], []
                field.data = field.object_data
            field.watched = isinstance(field, TextField)

    def submitted(self) -> bool:
        """Sent, right, and without a warned word that nobody confirmed."""
        if not super().submitted():
            return False
        found = [(field, warned_in(str(field.data or ""), self.words)) for field in self if self._is_free(field)]
        self.warned = tuple(dict.fromkeys(word for _, words in found for word in words))
        if not self.warned or self.keep_words.data:
            return True
        for field, words in found:
            if words:
                said = ", ".join(f"« {word} »" for word in words)
                field.errors = [f"{said} : écrivez plutôt un fait, ou cochez « Garder quand même »."]
        return False

    def _is_free(self, field: Field) -> bool:
        return isinstance(field, LineField | TextField) and field.name not in self.names


def warned_in(text: str, words: Iterable[str]) -> list[str]:
    """The warned words that a text holds, whole, in the feminine and the plural too."""
    plain = fold(text)
    return [word for word in words if re.search(rf"\b{_either_gender(fold(word))}\b", plain)]


def _either_gender(word: str) -> str:
    for ending in ("eur", "eux"):
        if word.endswith(ending):
            return re.escape(word.removesuffix(ending)) + "eu(r|rs|x|se|ses)"
    if word.endswith(("el", "en")):
        return re.escape(word) + f"({word[-1]}e)?s?"
    return re.escape(word) + "(e|s|es|x)?"


class LineField(StringField):
    """One line of cleaned text, at most `longest` characters."""

    def __init__(self, label: str, validators: Sequence[Any] = (), longest: int = 200, **options: Any) -> None:
        limit = Length(max=longest, message=f"Écrivez {longest} caractères au plus.")
        super().__init__(label, [*(validators or [Optional()]), limit], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.data = clean_text(valuelist[0]).replace("\n", " ")


class TextField(TextAreaField):
    """Several lines of cleaned text."""

    def __init__(self, label: str, validators: Sequence[Any] = (), longest: int = LONGEST_TEXT, **options: Any) -> None:
        limit = Length(max=longest, message=f"Écrivez {number(longest)} caractères au plus.")
        super().__init__(label, [*(validators or [Optional()]), limit], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.data = clean_text(valuelist[0])


class DateField(Field):
    """jj/mm/aaaa, ISO accepted; `earliest` and `latest` are days or functions that give one."""

    widget = TextInput()

    def __init__(
        self,
        label: str,
        validators: Sequence[Any] = (),
        earliest: date | Callable[[], date] = EARLIEST,
        latest: date | Callable[[], date] = LATEST,
        **options: Any,
    ) -> None:
        super().__init__(label, list(validators) or [Optional()], **options)
        self.earliest, self.latest = earliest, latest
        self.raw = ""

    def _value(self) -> str:
        if self.raw:
            return self.raw
        return short_date(self.data) if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        self.raw = clean_text(valuelist[0])[:40] if valuelist else ""
        if self.raw:
            self.data = read_date(self.raw)
            self._check_range(self.data)

    def _check_range(self, day: date) -> None:
        earliest, latest = (bound() if callable(bound) else bound for bound in (self.earliest, self.latest))
        if not earliest <= day <= latest:
            raise ValueError(f"Choisissez un jour entre le {short_date(earliest)} et le {short_date(latest)}.")


class NumberField(Field):
    """A French number between two bounds; `decimals` = 0 gives an int, more gives a Decimal.

    With `above_zero` a rule refuses 0 and says why: the bounds that are told leave it out.
    """

    widget = TextInput()

    def __init__(
        self,
        label: str,
        validators: Sequence[Any] = (),
        lowest: int = 0,
        highest: int = 1_000_000,
        decimals: int = 0,
        above_zero: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(label, list(validators) or [Optional()], **options)
        self.lowest, self.highest, self.decimals, self.above_zero = lowest, highest, decimals, above_zero
        self.raw = ""

    def _value(self) -> str:
        return self.raw or ("" if self.data is None else self._shown(self.data, self.decimals))

    def _shown(self, value: int | Decimal, decimals: int = 0) -> str:
        return number(value, decimals)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        self.raw = clean_text(valuelist[0])[:40] if valuelist else ""
        if self.raw:
            self.data = self._read()

    def _read(self) -> int | Decimal:
        lowest, highest = self._shown(self.lowest), self._shown(self.highest)
        bounds = f"plus grand que zéro, {highest} au plus" if self.above_zero else f"entre {lowest} et {highest}"
        message = f"Écrivez {self._sort()} {bounds}."
        try:
            value = read_number(self.raw)
        except ValueError as error:
            raise ValueError(message) from error
        if not self.lowest <= value <= self.highest or round(value, self.decimals) != value:
            raise ValueError(message)
        return value if self.decimals else int(value)

    def _sort(self) -> str:
        return "un nombre" if self.decimals else "un nombre entier"


class YearField(NumberField):
    """A year of this century, in four digits without a space."""

    def __init__(self, label: str, validators: Sequence[Any] = (), **options: Any) -> None:
        super().__init__(label, validators, 2000, 2100, **options)

    def _shown(self, value: int | Decimal, decimals: int = 0) -> str:
        return str(value)

    def _sort(self) -> str:
        return "une année"


class _Choosing:
    """What the three choice fields share: choices handed in, one message when nothing is chosen, our own refusal."""

    choices: Any

    def __init__(self, label: str, choices: Iterable[tuple[str, str]] = (), needed: str = "", **options: Any) -> None:
        validators = [Needed(needed)] if needed else [Optional()]
        options.setdefault("validate_choice", False)
        super().__init__(label, validators, **options)  # type: ignore[call-arg]
        # After construction: WTForms 3.3 warns of pairs given at construction.
        self.choices = list(choices)

    def pre_validate(self, form: FlaskForm) -> None:
        data: Any = self.data  # type: ignore[attr-defined]
        chosen = data if isinstance(data, list) else [data] if data else []
        known = {str(value) for value, *_ in self.choices}
        if any(str(value) not in known for value in chosen):
            raise ValidationError("Choisissez une réponse de la liste.")


class ChoiceField(_Choosing, RadioField):
    """One answer among a few, as radio buttons."""


class ListField(_Choosing, SelectField):
    """One answer in a drop-down list."""


class SeveralField(_Choosing, SelectMultipleField):
    """Several answers, as check boxes."""


class TickField(BooleanField):
    """One box to tick."""


def read_date(text: str) -> date:
    """A day written jj/mm/aaaa or aaaa-mm-jj; raises ValueError with a sentence that says what to correct."""
    for form in _DATE_FORMATS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    parts = text.replace("-", "/").replace(".", "/").split("/")
    if len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts):
        raise ValueError(_impossible_day(*(int(part) for part in parts)))
    raise ValueError("Écrivez la date ainsi : 05/09/2026.")


def _impossible_day(first: int, month: int, last: int) -> str:
    day, year = (last, first) if first > 31 else (first, last)
    if not 1 <= month <= 12:
        return "Le mois va de 1 à 12. Écrivez la date ainsi : 05/09/2026."
    if month == _FEBRUARY and 29 <= day <= 31:
        return f"Février a {28 + isleap(year)} jours en {year} : choisissez un autre jour."
    if month in _SHORT_MONTHS and day == 31:
        return "Ce mois a 30 jours : choisissez un autre jour."
    return "Ce jour n’existe pas. Écrivez la date ainsi : 05/09/2026."


def _anchor(field: Field) -> str:
    return f"{field.id}-0" if isinstance(field, RadioField | SeveralField) else str(field.id)
