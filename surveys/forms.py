"""Opening a wave and changing it."""

from impact.forms import DateField, EditForm, Form, LineField, Needed, NumberField
from surveys.records import NewWave, Wave

_TITLE = "Nommez cette vague. Exemple : Juin 2026"


class ConfirmForm(Form):
    """A button that changes something."""


class ConfirmEditForm(EditForm):
    """A button that changes something that may have changed since."""


class WaveForm(Form):
    """When, and to how many households."""

    title = LineField("Nom de la vague", [Needed(_TITLE)], longest=80)
    opens_on = DateField("Premier jour", [Needed("Indiquez le premier jour. Exemple : 01/06/2026")])
    closes_on = DateField("Dernier jour", [Needed("Indiquez le dernier jour. Exemple : 30/06/2026")])
    invited = NumberField("Nombre de personnes invitées", lowest=1, highest=1_000_000)

    def as_record(self) -> NewWave:
        """What was typed."""
        return NewWave(str(self.title.data), self.opens_on.data, self.closes_on.data, self.invited.data)


class WaveEditForm(EditForm):
    """What may still change once the link is out."""

    title = LineField("Nom de la vague", [Needed(_TITLE)], longest=80)
    closes_on = DateField("Dernier jour", [Needed("Indiquez le dernier jour. Exemple : 30/06/2026")])
    invited = NumberField("Nombre de personnes invitées", lowest=1, highest=1_000_000)

    def as_record(self, wave: Wave) -> NewWave:
        """What was typed, with what cannot change."""
        return NewWave(str(self.title.data), wave.opens_on, self.closes_on.data, self.invited.data)
