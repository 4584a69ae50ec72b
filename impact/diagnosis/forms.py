"""Forms of the diagnosis."""

from datetime import date

from impact.diagnosis.records import (
    Crossing,
    DesiredFuture,
    Finding,
    Orientation,
    RoundVersion,
    Trend,
    WorkingGroup,
)
from impact.diagnosis.vocabulary import FindingKind, GroupStep, Sense, Use
from impact.forms import (
    ChoiceField,
    DateField,
    EditForm,
    Form,
    LineField,
    ListField,
    Needed,
    NumberField,
    SeveralField,
    TextField,
    YearField,
)

EARLIEST = date(2000, 1, 1)


class AxisForm(EditForm):
    """The title of an axis."""

    title = LineField("Titre de l’axe", [Needed("Écrivez le titre de l’axe.")], longest=160)


class GroupForm(Form):
    """A working group that met."""

    step = ChoiceField("Ce que le groupe a fait", GroupStep.choices(), needed="Dites ce que le groupe a fait.")
    held_on = DateField("Date", [Needed("Écrivez le jour du groupe. Exemple : 05/09/2026.")], earliest=EARLIEST)
    people = NumberField(
        "Personnes présentes", [Needed("Écrivez combien de personnes étaient là.")], lowest=1, highest=10_000
    )
    member_ids = SeveralField("Noms, s’ils sont connus")

    def as_record(self, axis_id: int) -> WorkingGroup:
        """The group as typed."""
        names = tuple(int(value) for value in self.member_ids.data or [])
        return WorkingGroup(0, axis_id, GroupStep(self.step.data), self.held_on.data, self.people.data, names)


class FindingForm(EditForm):
    """A finding of an axis."""

    kind = ChoiceField("Ce que c’est", FindingKind.choices(), needed="Choisissez l’une des quatre cases.")
    words = TextField("Constat", [Needed("Écrivez le constat, avec les mots du groupe.")], longest=1000)
    use = ChoiceField("Il sert d’abord à", Use.choices(), needed="Dites à quoi ce constat sert d’abord.")
    group_id = ListField("Groupe qui l’a dit")
    indicator = ListField("Indicateur qui le suit")

    def as_record(self, axis_id: int, finding_id: int = 0) -> Finding:
        """The finding as typed."""
        return Finding(
            finding_id,
            axis_id,
            FindingKind(self.kind.data),
            str(self.words.data),
            Use(self.use.data),
            int(self.group_id.data) if self.group_id.data else None,
            self.indicator.data or None,
            self.version_read,
        )


class CrossingForm(Form):
    """Something inside met with something outside."""

    internal_id = ListField("À l’intérieur", needed="Choisissez une force ou une faiblesse.")
    external_id = ListField("À l’extérieur", needed="Choisissez une opportunité ou une menace.")
    words = TextField("Ce qui en découle", [Needed("Écrivez ce qui découle de leur rencontre.")], longest=1000)
    group_id = ListField("Groupe qui l’a dit")

    def as_record(self, axis_id: int) -> Crossing:
        """The crossing as typed."""
        group_id = int(self.group_id.data) if self.group_id.data else None
        inside, outside = int(self.internal_id.data), int(self.external_id.data)
        return Crossing(0, axis_id, inside, outside, str(self.words.data), group_id)


class OrientationForm(EditForm):
    """A strategic orientation."""

    title = TextField("Orientation", [Needed("Écrivez l’orientation.")], longest=300)
    axis_ids = SeveralField("Axes")
    examples = TextField("Exemples d’actions", longest=2000)
    action_ids = SeveralField("Actions qui la servent déjà")

    def as_record(self, orientation_id: int = 0) -> Orientation:
        """The orientation as typed."""
        return Orientation(
            orientation_id,
            " ".join(str(self.title.data).split()),
            self.examples.data or "",
            tuple(int(value) for value in self.axis_ids.data or []),
            tuple(int(value) for value in self.action_ids.data or []),
            self.version_read,
        )


class ValidationForm(Form):
    """The committee that validates."""

    meeting_id = ListField("Réunion qui a validé", needed="Choisissez la réunion où le diagnostic a été validé.")


class TrendForm(Form):
    """A trend."""

    words = TextField("Tendance", [Needed("Écrivez la tendance.")], longest=500)
    sense = ChoiceField("Pour ce que nous voulons", Sense.choices(), needed="Dites si elle aide ou si elle gêne.")
    gathered_on = DateField("Relevée le", [Needed("Écrivez le jour. Exemple : 05/09/2026.")], earliest=EARLIEST)

    def as_record(self) -> Trend:
        """The trend as typed."""
        return Trend(0, str(self.words.data), Sense(self.sense.data), self.gathered_on.data)


class FutureForm(EditForm):
    """The desired future."""

    horizon = YearField("En quelle année", [Needed("Écrivez une année.")])
    words = TextField("L’avenir souhaité", [Needed("Écrivez ce que vous souhaitez.")], longest=4000)

    def as_record(self) -> DesiredFuture:
        """The future as typed."""
        return DesiredFuture(self.horizon.data, str(self.words.data), self.version_read)


class VersionForm(Form):
    """One version of a text, by one group."""

    written_by = LineField("Groupe qui l’écrit", [Needed("Écrivez le nom du groupe.")], longest=120)
    written_on = DateField("Date", [Needed("Écrivez le jour. Exemple : 05/09/2026.")], earliest=EARLIEST)
    people = NumberField("Personnes présentes", lowest=1, highest=10_000)
    words = TextField("Texte", [Needed("Écrivez le texte du groupe.")])

    def as_record(self, number: int) -> RoundVersion:
        """The version as typed."""
        day: date = self.written_on.data
        return RoundVersion(number, str(self.written_by.data), day, self.people.data, str(self.words.data))


class FirstVersionForm(VersionForm):
    """A text and its first version."""

    title = LineField("Titre", [Needed("Écrivez le titre du texte.")], longest=160)
