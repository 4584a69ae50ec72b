"""One impact of the tree."""

from collections.abc import Iterable

from impact.forms import ChoiceField, DateField, LineField, Needed, TextField, TickField
from impact_maps.forms import MeasuredForm
from impact_maps.measures import key_of, parts_of
from impact_maps.records import TreeLine
from impact_maps.rules import LONGEST_LABEL
from impact_maps.vocabulary import ImpactState, Public


class ImpactForm(MeasuredForm):
    """For whom, with what objective, which impact, seen or not."""

    public = ChoiceField("Pour qui", Public.choices(), "Choisissez pour qui.")
    objective = LineField(
        "Objectif", [Needed("Écrivez l’objectif. Exemple : Être reconnu comme parent")], LONGEST_LABEL
    )
    whole_objective = TickField("Changer ces mots pour tous les impacts de cet objectif")
    words = LineField("Impact", [Needed("Écrivez l’impact en quelques mots.")], LONGEST_LABEL)
    state = ChoiceField("Observé ou observable", ImpactState.choices(), "Choisissez un état.")
    observed_on = DateField("Observé le")
    evidence = TextField("Ce qui a été observé, et d’où cela vient", longest=2_000)

    def as_line(self) -> TreeLine:
        """What was typed."""
        return TreeLine(
            Public(self.public.data),
            str(self.objective.data),
            str(self.words.data),
            ImpactState(self.state.data),
            self.observed_on.data,
            str(self.evidence.data or ""),
            *parts_of(self.indicator.data or ""),
        )


def impact_form(line: TreeLine, choices: Iterable[tuple[str, str]]) -> ImpactForm:
    """The form of an impact that exists."""
    form = ImpactForm(
        public=line.public.value,
        objective=line.objective,
        words=line.words,
        state=line.state.value,
        observed_on=line.observed_on,
        evidence=line.evidence,
        indicator=key_of(line.indicator, line.category),
        version=str(line.version),
    )
    form.offer(choices)
    return form
