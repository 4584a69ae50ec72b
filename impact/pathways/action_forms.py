"""The form of an action of a pathway."""

from decimal import Decimal

from impact.forms import DateField, EditForm, LineField, ListField, Needed, NumberField, WatchedForm
from impact.pathways.records import PathwayAction


class ActionForm(WatchedForm, EditForm):
    """What is done for the child, by whom, how long, at what cost."""

    subject = "pathway_action"
    domain = ListField("Domaine", needed="Choisissez le domaine.")
    label = LineField("Action", [Needed("Écrivez ce qui est proposé à l’enfant ou à sa famille.")], longest=120)
    organisation_id = ListField("Structure qui la mène")
    rhythm = LineField("Rythme", longest=80)
    started_on = DateField("Du", [Needed("Écrivez le premier jour de l’action.")])
    ended_on = DateField("Au")
    hours = NumberField("Heures en tout", lowest=0, highest=5000, decimals=2)
    cost = NumberField("Coût pour le PRE, en euros", lowest=0, highest=1_000_000, decimals=2)
    cofunded = NumberField("Dont cofinancement, en euros", lowest=0, highest=1_000_000, decimals=2)
    cofunder = LineField("Cofinancé par", longest=80)

    def as_record(self, action_id: int = 0) -> PathwayAction:
        """What was typed; read after validation."""
        return PathwayAction(
            domain=self.domain.data,
            label=self.label.data or "",
            started_on=self.started_on.data,
            ended_on=self.ended_on.data,
            organisation_id=int(self.organisation_id.data) if self.organisation_id.data else None,
            rhythm=self.rhythm.data or "",
            hours=None if self.hours.data is None else float(self.hours.data),
            cost_cents=_cents(self.cost.data),
            cofunded_cents=_cents(self.cofunded.data),
            cofunder=self.cofunder.data or "",
            id=action_id,
            version=self.version_read,
        )


def _cents(euros: Decimal | None) -> int | None:
    return None if euros is None else int(euros * 100)
