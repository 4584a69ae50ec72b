"""Who came, family by family."""

from collections.abc import Sequence

from impact.families.records import MOST_OF_ONE_FAMILY, Arrival, FamilySheet
from impact.forms import DateField, EditForm, Form, LineField, ListField, Needed, NumberField


class FamilySheetForm(EditForm):
    """One line per family that may have come, and a family nobody had met; `sheet_form` adds the lines."""

    new_family_name = LineField("Nom de la famille", longest=100)
    new_given_name = LineField("Prénom de l’adulte", longest=100)
    new_adults = NumberField("Adultes", highest=MOST_OF_ONE_FAMILY)
    new_children = NumberField("Enfants", highest=MOST_OF_ONE_FAMILY)

    def lines(self) -> list[tuple[NumberField, NumberField]]:
        """Adults and children of each family."""
        adults = [field for field in self if field.name.startswith("adults_")]
        return [(field, self[f"children_{field.name.removeprefix('adults_')}"]) for field in adults]

    def as_record(self, workshop_id: int) -> FamilySheet:
        """What was typed; read after validation."""
        counts = {
            int(adults.name.removeprefix("adults_")): (adults.data or 0, children.data or 0)
            for adults, children in self.lines()
        }
        return FamilySheet(workshop_id, self.version_read, counts, self._arrival())

    def _arrival(self) -> Arrival | None:
        family, given = self.new_family_name.data or "", self.new_given_name.data or ""
        if not family and not given:
            return None
        return Arrival(family or given, given if family else "", self.new_adults.data or 0, self.new_children.data or 0)


def sheet_form(
    families: Sequence[tuple[int, str]], version: int, present: dict[int, tuple[int, int]], typed: bool
) -> FamilySheetForm:
    """The sheet of one workshop; `families` = id and name; what is `present` is shown unless something was typed."""
    fields: dict[str, NumberField] = {}
    for family_id, name in families:
        adults, children = present.get(family_id, (None, None))
        fields[f"adults_{family_id}"] = NumberField(
            f"{name} : adultes", highest=MOST_OF_ONE_FAMILY, default=adults or None
        )
        fields[f"children_{family_id}"] = NumberField(
            f"{name} : enfants", highest=MOST_OF_ONE_FAMILY, default=children or None
        )
    kind = type("SheetForm", (FamilySheetForm,), fields)
    data = {"version": str(version)}
    form: FamilySheetForm = kind(data=data) if typed else kind(formdata=None, data=data)
    return form


class LinkForm(Form):
    """Which family agreed to be linked to this child's pathway, and when."""

    family_id = ListField("Famille", needed="Choisissez la famille.")
    agreed_on = DateField(
        "Elle a dit oui le", [Needed("Écrivez le jour où la famille a dit oui. Exemple : 05/09/2026.")]
    )
