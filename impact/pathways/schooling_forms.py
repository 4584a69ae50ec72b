"""Forms of schooling: one year of a child, and the new year of all."""

from collections.abc import Sequence
from typing import Any

from impact.forms import EditForm, LineField, ListField, TickField, WatchedForm
from impact.pathways.records import Line, Schooling
from impact.pathways.vocabulary import InQpv, Level, PriorityNetwork


class SchoolingForm(WatchedForm, EditForm):
    """One school year of a child."""

    subject = "schooling"
    names = frozenset({"school"})
    school_year = ListField("Année scolaire", needed="Choisissez l’année scolaire.")
    school = LineField("École, collège ou lycée", longest=120)
    uai = LineField("Code UAI", longest=12)
    level = ListField("Niveau", Level.choices(), needed="Choisissez le niveau ; « non renseigné » en est un.")
    class_name = LineField("Classe", longest=40)
    qpv = ListField("Habite un quartier prioritaire", InQpv.choices(), needed="Choisissez une réponse.")
    priority = ListField("Éducation prioritaire", PriorityNetwork.choices(), needed="Choisissez une réponse.")

    def as_record(self) -> Schooling:
        """What was typed; read after validation."""
        return Schooling(
            int(self.school_year.data),
            self.school.data or "",
            Level(self.level.data or Level.UNKNOWN),
            self.class_name.data or "",
            (self.uai.data or "").replace(" ", "").upper(),
            InQpv(self.qpv.data or InQpv.UNKNOWN),
            PriorityNetwork(self.priority.data or PriorityNetwork.UNKNOWN),
            version=self.version_read,
        )


class NewYearForm(WatchedForm):
    """The new school year of many children; `new_year_form` adds three fields per child."""

    def rows(self) -> list[tuple[int, TickField, ListField, LineField]]:
        """Child's id, whether to write the line, level, school."""
        ids = [int(field.name.removeprefix("take_")) for field in self if field.name.startswith("take_")]
        return [(one, self[f"take_{one}"], self[f"level_{one}"], self[f"school_{one}"]) for one in ids]


def new_year_form(proposed: Sequence[tuple[Line, Schooling, Schooling | None]]) -> NewYearForm:
    """The form of these children, filled with what September brings."""
    fields: dict[str, Any] = {"elsewhere": {}}
    for line, schooling, _ in proposed:
        fields["elsewhere"] |= {f"{name}_{line.child_id}": f"schooling.{name}" for name in ("level", "school")}
        fields[f"take_{line.child_id}"] = TickField(f"Inscrire la rentrée de {line.name}", default=True)
        fields[f"level_{line.child_id}"] = ListField(
            f"Niveau de {line.name}", Level.choices(), needed="Choisissez le niveau.", default=schooling.level.value
        )
        fields[f"school_{line.child_id}"] = LineField(f"École de {line.name}", longest=120, default=schooling.school)
    form: NewYearForm = type("NewYearForm", (NewYearForm,), fields)()
    return form
