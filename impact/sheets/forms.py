"""The four steps of an import: the file, its place, its columns, its values; then what resembles."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import FileField

from impact.forms import ChoiceField, DateField, EditForm, Form, ListField, Needed, NumberField
from impact.sheets.lexicon import Lexicon
from impact.sheets.matching_rules import REFUSE
from impact.sheets.records import Pair
from impact.sheets.vocabulary import Likeness, Subject
from impact.vocabulary import Term
from impact.wording import french

_SAY = "Choisissez une réponse."
SEPARATORS = (("semicolon", "Point-virgule"), ("comma", "Virgule"), ("tab", "Tabulation"))
NOT_TAKEN, EMPTY_MEANING = "none", "-"


class UploadForm(Form):
    """The spreadsheet."""

    subject = ChoiceField(
        "Ce qu’il contient",
        Subject.choices(),
        "Choisissez ce que contient le tableau.",
        default=Subject.SITUATIONS.value,
    )
    file = FileField("Le tableau", [Needed("Choisissez le fichier à importer.")])


class ExportForm(Form):
    """What goes out, and how it is written."""

    content = ChoiceField(
        "Contenu",
        [
            ("table", "La table de suivi : une ligne par situation"),
            ("all", "Tout : un tableau par sujet, avec le dictionnaire"),
        ],
        "Choisissez ce que vous exportez.",
        default="table",
    )
    shape = ChoiceField(
        "Format", [("xlsx", "Tableur (.xlsx)"), ("csv", "Texte (.csv)")], "Choisissez le format.", default="xlsx"
    )
    separator = ListField("Séparateur des colonnes, en .csv", list(SEPARATORS), _SAY, default="semicolon")
    decimal = ListField("Séparateur des décimales, en .csv", [(",", "Virgule"), (".", "Point")], _SAY, default=",")
    words = ListField(
        "Mots des listes, dans l’export de tout",
        [("labels", "En toutes lettres"), ("codes", "En codes")],
        _SAY,
        default="labels",
    )


class PlaceForm(EditForm):
    """Where the table is in the file."""

    sheet = ListField("Feuille", needed="Choisissez la feuille.")
    heading_row = NumberField(
        "Numéro de la ligne d’en-têtes", [Needed("Écrivez le numéro de la ligne.")], lowest=1, highest=20_000
    )
    stopped_on = DateField("Tableau arrêté au", [Needed("Écrivez la date de l’arrêté.")])


class ColumnsForm(EditForm):
    """What each heading says: one field `column_<position>` by heading."""

    lexicon: Lexicon

    def chosen(self) -> dict[int, Term]:
        """Column by position; read after validation."""
        return {at: self.lexicon.columns(field.data) for at, field in self.column_fields() if field.data != NOT_TAKEN}

    def column_fields(self) -> list[tuple[int, Any]]:
        """Position and field of each heading."""
        return [(int(f.name.removeprefix("column_")), f) for f in self if f.name.startswith("column_")]

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        seen: set[str] = set()
        for _, field in self.column_fields():
            if field.data != NOT_TAKEN and field.data in seen:
                field.errors, valid = ["Une autre colonne dit déjà cela : gardez-en une seule."], False
            seen.add(field.data)
        for missing in self.lexicon.missing([column for column in self.lexicon.columns if column.value in seen]):
            self.form_errors.append(f"Dites quelle colonne contient : {missing}.")
            valid = False
        return valid


class ValuesForm(EditForm):
    """What each value means: one field `value_<column>_<rank>` by value."""

    said: Mapping[str, tuple[Term, str]]

    def chosen(self) -> dict[Term, dict[str, str]]:
        """Meaning by column and folded value; read after validation."""
        found: dict[Term, dict[str, str]] = {}
        for name, (column, key) in self.said.items():
            data = self[name].data
            found.setdefault(column, {})[key] = "" if data == EMPTY_MEANING else data
        return found


class ChoicesForm(EditForm):
    """Which rows that resemble each other are one child: one field `pair_<key>` by pair."""

    def chosen(self) -> dict[str, str]:
        """Answer by pair; read after validation."""
        return {f.name.removeprefix("pair_"): f.data for f in self if f.name.startswith("pair_") and f.data}


class MergeForm(Form):
    """Which of two files gives its name to both."""

    kept = ChoiceField("Le dossier à garder", needed="Choisissez le dossier dont le nom est le bon.")


def columns_form(
    headings: Sequence[str], proposed: Mapping[int, Term], lexicon: Lexicon, asked: Sequence[Term]
) -> ColumnsForm:
    """One list by heading that holds something."""
    choices = [(NOT_TAKEN, "Ne pas reprendre"), *((column.value, column.label) for column in asked)]
    fields = {
        f"column_{at}": ListField(heading, choices, _SAY, default=proposed[at].value if at in proposed else NOT_TAKEN)
        for at, heading in enumerate(headings)
        if heading
    }
    form: ColumnsForm = type("ColumnsForm", (ColumnsForm,), fields | {"lexicon": lexicon})()
    return form


def values_form(
    values: Mapping[Term, Sequence[tuple[str, str, int]]],
    meanings: Mapping[Term, Mapping[str, str]],
    offered: Mapping[Term, Sequence[tuple[str, str]]],
) -> ValuesForm:
    """One list by value: the words known, the words of the table to add, nothing, or a refusal."""
    fields: dict[str, Any] = {}
    said: dict[str, tuple[Term, str]] = {}
    for column, found in values.items():
        known = list(offered[column])
        proposed = meanings.get(column, {})
        words = {word for word, _ in known}
        added = sorted(
            {meaning for meaning in proposed.values() if meaning not in {"", REFUSE} and meaning not in words}
        )
        choices = [*known, *((word, french(f"Ajouter « {word} »")) for word in added)]
        choices += [(EMPTY_MEANING, "Laisser vide"), (REFUSE, "Refuser ces lignes")]
        for rank, (key, text, _) in enumerate(found):
            name = f"value_{column.value}_{rank}"
            meaning = proposed.get(key, REFUSE)
            fields[name] = ListField(text, choices, _SAY, default=meaning or EMPTY_MEANING)
            said[name] = (column, key)
    form: ValuesForm = type("ValuesForm", (ValuesForm,), fields)()
    form.said = said
    return form


def choices_form(pairs: Sequence[Pair], choices: Mapping[str, str]) -> ChoicesForm:
    """One list by pair of rows that resemble each other."""
    fields = {
        f"pair_{pair.key}": ListField(
            _pair_label(pair),
            [
                (Likeness.SAME.value, "Le même enfant"),
                (Likeness.TWIN.value, "Des jumeaux"),
                (Likeness.OTHER.value, "Deux enfants"),
            ],
            _SAY,
            default=_answer(choices.get(pair.key, pair.likeness.value)),
        )
        for pair in pairs
    }
    form: ChoicesForm = type("ChoicesForm", (ChoicesForm,), fields)()
    return form


def _pair_label(pair: Pair) -> str:
    if pair.child_id:
        return f"Ligne {pair.lines[0]} et un enfant déjà suivi"
    return f"Lignes {pair.lines[0]} et {pair.lines[1]}"


def _answer(likeness: str) -> str:
    return Likeness.SAME.value if likeness == Likeness.SITUATION.value else likeness
