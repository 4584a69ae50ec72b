"""Forms of mandates, counterparts and funders' criteria."""

from impact.cooperation.forms import EARLIEST
from impact.cooperation.records import Counterpart, Mandate
from impact.cooperation.vocabulary import CounterpartForm, CriterionAnswer, FundingCriterion, Level
from impact.exceptions import Refused
from impact.forms import ChoiceField, DateField, EditForm, LineField, ListField, Needed


class MandateForm(EditForm):
    """The mandate that an organisation gives to one of its people."""

    given_by = LineField(
        "Qui l’a donné", [Needed("Écrivez qui a donné le mandat : une fonction, une instance.")], longest=160
    )
    given_on = DateField("Donné le", [Needed("Écrivez le jour du mandat. Exemple : 05/09/2026.")], earliest=EARLIEST)
    until_on = DateField("Jusqu’au", earliest=EARLIEST)

    def as_record(self, member_id: int) -> Mandate:
        """The mandate as typed."""
        return Mandate(member_id, str(self.given_by.data), self.given_on.data, self.until_on.data, self.version_read)


class CounterpartsForm(EditForm):
    """One form and one name per level."""

    field_form = ListField(f"Vis-à-vis : {Level.FIELD.label.lower()}", CounterpartForm.choices())
    field_whom = LineField("Avec qui, sur le terrain", longest=160)
    management_form = ListField(f"Vis-à-vis : {Level.MANAGEMENT.label.lower()}", CounterpartForm.choices())
    management_whom = LineField("Avec qui, à l’encadrement", longest=160)
    decision_form = ListField(f"Vis-à-vis : {Level.DECISION.label.lower()}", CounterpartForm.choices())
    decision_whom = LineField("Avec qui, à la décision", longest=160)

    def as_records(self) -> list[Counterpart]:
        """The levels that were answered; raises Refused where somebody is named without the form of the meeting."""
        for level in Level:
            if self[f"{level.value}_whom"].data and not self[f"{level.value}_form"].data:
                raise Refused("Dites aussi dans quelle forme vous vous rencontrez.", f"{level.value}_form")
        return [
            Counterpart(
                level, CounterpartForm(self[f"{level.value}_form"].data), self[f"{level.value}_whom"].data or ""
            )
            for level in Level
            if self[f"{level.value}_form"].data
        ]


def counterpart_values(known: dict[Level, Counterpart]) -> dict[str, str]:
    """What the form of an organisation starts with."""
    forms = {f"{level.value}_form": each.form.value for level, each in known.items()}
    return {**forms, **{f"{level.value}_whom": each.whom for level, each in known.items()}}


class CriteriaForm(EditForm):
    """What is said of an action; several operators and funders are read in it."""

    inhabitants = ChoiceField(FundingCriterion.INHABITANTS.label, CriterionAnswer.choices())
    lasting = ChoiceField(FundingCriterion.LASTING.label, CriterionAnswer.choices())
    evaluation = ChoiceField(FundingCriterion.EVALUATION.label, CriterionAnswer.choices())
    practice = ChoiceField(FundingCriterion.PRACTICE.label, CriterionAnswer.choices())

    def as_answers(self) -> dict[FundingCriterion, CriterionAnswer]:
        """The criteria that were answered."""
        return {
            criterion: CriterionAnswer(self[criterion.value].data)
            for criterion in FundingCriterion
            if not criterion.is_read and self[criterion.value].data
        }
