"""A school and its figures, a file of schools, the rule."""

from decimal import Decimal
from typing import Any

from flask_wtf.file import FileField
from wtforms import HiddenField

from impact.forms import ChoiceField, EditForm, Form, LineField, Needed, NumberField, YearField
from impact.schools.records import COUNTS, Figures, Line, MixRule, School
from impact.schools.vocabulary import SchoolLevel, Sector

_SAY_YEAR = "Écrivez l’année de la rentrée. Exemple : 2025"


class LineForm(EditForm):
    """One school, one year."""

    name = LineField("Nom de l’établissement", [Needed("Écrivez le nom. Exemple : Collège des Tilleuls")], 120)
    commune = LineField("Commune", longest=80)
    uai = LineField("Numéro UAI", longest=8)
    level = ChoiceField("Niveau", SchoolLevel.choices(), "Choisissez un niveau.")
    sector = ChoiceField("Secteur", Sector.choices(), "Choisissez public ou privé.")
    year = YearField("Année de la rentrée", [Needed(_SAY_YEAR)])
    pupils = NumberField("Élèves", highest=5_000, lowest=1)
    ips = NumberField("IPS", lowest=1, highest=300, decimals=1)
    ips_sd = NumberField("Écart type de l’IPS", highest=200, decimals=1)
    very_favoured = NumberField("Élèves très favorisés", highest=5_000)
    favoured = NumberField("Élèves favorisés", highest=5_000)
    middle = NumberField("Élèves moyens", highest=5_000)
    disadvantaged = NumberField("Élèves défavorisés", highest=5_000)
    residents = NumberField("Élèves qui habitent le secteur", highest=5_000)
    stayed = NumberField("dont scolarisés ici", highest=5_000)
    residents_disadvantaged = NumberField("Élèves défavorisés qui habitent le secteur", highest=5_000)
    stayed_disadvantaged = NumberField("dont défavorisés scolarisés ici", highest=5_000)

    def as_record(self, school_id: int = 0) -> Line:
        """What was typed; read after validation."""
        school = School(
            school_id,
            str(self.uai.data or "").upper(),
            str(self.name.data),
            str(self.commune.data or ""),
            SchoolLevel(self.level.data),
            Sector(self.sector.data),
        )
        counts = {name: self[name].data for name in COUNTS}
        figures = Figures(int(self.year.data), ips=_real(self.ips.data), ips_sd=_real(self.ips_sd.data), **counts)
        return Line(school, figures, self.version_read)


def line_form(line: Line | None) -> LineForm:
    """The form, filled with what is known of a school when there is one."""
    if line is None:
        return LineForm()
    known: dict[str, Any] = {**vars(line.school), **vars(line.figures), "version": str(line.version)}
    known.pop("id")
    return LineForm(data=known)


class FileForm(Form):
    """A file of schools, and which of them to keep."""

    file = FileField("Fichier", [Needed("Choisissez un fichier.")])
    level = ChoiceField("Ce fichier décrit des", SchoolLevel.choices(), "Choisissez un niveau.")
    place = LineField("Commune ou département à reprendre", longest=80)

    @property
    def content(self) -> bytes:
        """What was sent."""
        return bytes(self.file.data.read())


class PutForm(Form):
    """What a file would write, as it was shown."""

    lines = HiddenField()


class RemoveForm(Form):
    """A button that takes a line out."""


class RuleForm(EditForm):
    """Which schools are far from the mean."""

    threshold = NumberField(
        "Écart à signaler, en pour cent", [Needed("Écrivez un pourcentage. Exemple : 20")], 1, 100, 1
    )
    reference = NumberField("Moyenne de référence", lowest=1, highest=300, decimals=1)
    reference_words = LineField("D’où vient cette moyenne", longest=120)

    def as_record(self) -> MixRule:
        """What was typed; read after validation."""
        return MixRule(
            float(self.threshold.data),
            _real(self.reference.data),
            str(self.reference_words.data or ""),
            self.version_read,
        )


def _real(value: Decimal | float | None) -> float | None:
    return None if value is None else float(value)
