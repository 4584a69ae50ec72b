"""Ordering a report, choosing a period."""

from collections.abc import Sequence
from datetime import date

from wtforms import FileField

from impact.exceptions import Refused
from impact.forms import ChoiceField, DateField, Form, Needed
from impact.periods import Period, parse_period
from impact.vocabulary import Audience
from reports.vocabulary import ReportKind

OTHER_DATES = "dates"


class ReportForm(Form):
    """Which kind, for whom, and over which period."""

    kind = ChoiceField("Quelle sorte de rapport ?", ReportKind.choices(), needed="Choisissez une sorte de rapport.")
    audience = ChoiceField("À qui est-il destiné ?", needed="Choisissez à qui le rapport est destiné.")
    period = ChoiceField("Quelle période ?", needed="Choisissez une période.")
    start = DateField("Du")
    end = DateField("Au")

    def offer(self, audiences: Sequence[Audience], periods: Sequence[Period], kind: ReportKind) -> None:
        """Set the choices; the first of each is chosen beforehand, and `kind`, and the funder when it is there."""
        self.audience.choices = [(audience.value, audience.label) for audience in audiences]
        self.period.choices = [(period.code, period.label.capitalize()) for period in periods]
        self.period.choices.append((OTHER_DATES, "Du … au …"))
        if not self.is_submitted():
            self.kind.data = kind.value
            self.period.data = periods[0].code
            self.audience.data = (Audience.FUNDER if Audience.FUNDER in audiences else audiences[0]).value

    def chosen_kind(self) -> ReportKind:
        """The kind chosen."""
        return ReportKind(self.kind.data)

    def chosen_audience(self) -> Audience:
        """The reader chosen."""
        return Audience(self.audience.data)

    def chosen_period(self) -> Period:
        """Raises Refused at the date that is missing or comes too early."""
        if self.period.data != OTHER_DATES:
            return parse_period(str(self.period.data))
        return Period(*_ordered(self.start.data, self.end.data))


def _ordered(start: date | None, end: date | None) -> tuple[date, date]:
    if start is None:
        raise Refused("Écrivez le premier jour de la période.", "start")
    if end is None:
        raise Refused("Écrivez le dernier jour de la période.", "end")
    if end < start:
        raise Refused("La fin vient avant le début : choisissez une date plus tardive.", "end")
    return start, end


class VerifyForm(Form):
    """A file to compare with those that were issued."""

    file = FileField("Le fichier PDF reçu", [Needed("Choisissez le fichier PDF à vérifier.")])
