"""A question, an indicator and its target."""

from decimal import Decimal

from impact.forms import ChoiceField, EditForm, LineField, ListField, Needed, NumberField, SeveralField, TextField
from reports.evaluation.records import Measure, MeasurePlan, QuestionPlan
from reports.evaluation.rules import as_typed, is_share
from reports.vocabulary import Criterion, Rhythm, Theme


class QuestionForm(EditForm):
    """What the community wants to know."""

    words = TextField("Question", [Needed("Écrivez la question.")], longest=400)
    criterion = ChoiceField("Critère", Criterion.choices(), needed="Choisissez un critère.")
    themes = SeveralField("Elle regarde aussi", Theme.choices())

    def as_plan(self) -> QuestionPlan:
        """What was typed."""
        themes = tuple(Theme(value) for value in self.themes.data or ())
        return QuestionPlan(str(self.words.data), Criterion(self.criterion.data), themes)


class MeasureForm(EditForm):
    """An indicator, where it comes from, and what is hoped for; shares are typed in percent."""

    code = ListField("Indicateur", needed="Choisissez un indicateur.")
    judgement = LineField(
        "À quoi verra-t-on que la réponse est oui ?", [Needed("Dites ce qui ferait répondre oui.")], longest=300
    )
    source = LineField("D’où vient le chiffre", [Needed("Dites d’où vient le chiffre.")], longest=200)
    rhythm = ListField("Quand le regarde-t-on ?", Rhythm.choices(), needed="Choisissez un rythme.")
    target = NumberField("Cible", lowest=-100, highest=1_000_000, decimals=2)
    smallest = NumberField("Plus petit changement qui compte", decimals=2, above_zero=True)
    why = LineField("D’où vient cette cible", longest=300)

    def as_plan(self) -> MeasurePlan:
        """What was typed, in the indicator's own unit."""
        code = str(self.code.data)
        target, smallest = (_in_unit(code, field.data) for field in (self.target, self.smallest))
        return MeasurePlan(
            code,
            str(self.judgement.data),
            str(self.source.data),
            Rhythm(self.rhythm.data),
            target,
            smallest,
            self.why.data or "",
        )


def typed_values(measure: Measure) -> dict[str, object]:
    """What the form shows of a stored measure."""
    plan = measure.plan
    return {
        "code": plan.code,
        "judgement": plan.judgement,
        "source": plan.source,
        "rhythm": plan.rhythm.value,
        "target": as_typed(plan.code, plan.target),
        "smallest": as_typed(plan.code, plan.smallest),
        "why": plan.why,
        "version": str(measure.version),
    }


def _in_unit(code: str, value: Decimal | None) -> float | None:
    if value is None:
        return None
    return float(value) / 100 if is_share(code) else float(value)
