"""Forms of joint actions and of their fundings."""

from impact.cooperation.forms import EARLIEST
from impact.cooperation.records import Funding, JointAction
from impact.cooperation.vocabulary import ActionState, AgeBand
from impact.forms import DateField, EditForm, LineField, ListField, Needed, NumberField, SeveralField, TextField

MOST_EUROS = 1_000_000_000


class ActionForm(EditForm):
    """Who does what with whom, for whom."""

    title = LineField("Action", [Needed("Écrivez le nom de l’action.")], longest=160)
    summary = TextField("En quelques mots", longest=2000)
    state = ListField("État", ActionState.choices(), needed="Choisissez où en est l’action.")
    lead_id = ListField("Portée par", needed="Choisissez la structure qui porte l’action.")
    partner_ids = SeveralField("Avec")
    audience = LineField("Public", longest=160)
    bands = SeveralField("Âges", AgeBand.choices())
    territory = LineField("Territoire", longest=160)
    question_id = ListField("Question essentielle qu’elle sert")
    aim_ids = SeveralField("Orientations qu’elle sert")
    starts_on = DateField("Début", earliest=EARLIEST)
    ends_on = DateField("Fin", earliest=EARLIEST)

    @property
    def chosen_aims(self) -> list[int]:
        """The orientations ticked."""
        return [int(value) for value in self.aim_ids.data or []]

    def as_record(self, action_id: int = 0) -> JointAction:
        """The action as typed."""
        return JointAction(
            id=action_id,
            title=str(self.title.data),
            state=ActionState(self.state.data),
            lead_id=int(self.lead_id.data),
            summary=self.summary.data or "",
            audience=self.audience.data or "",
            territory=self.territory.data or "",
            question_id=int(self.question_id.data) if self.question_id.data else None,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            partner_ids=tuple(int(value) for value in self.partner_ids.data or []),
            bands=tuple(AgeBand(value) for value in self.bands.data or []),
            version=self.version_read,
        )


class FundingForm(EditForm):
    """One funder of an action, in whole euros."""

    funder = LineField("Financeur", [Needed("Écrivez le nom du financeur.")], longest=120)
    asked = NumberField("Demandé, en euros", highest=MOST_EUROS)
    granted = NumberField("Accordé, en euros", highest=MOST_EUROS)
    spent = NumberField("Dépensé, en euros", highest=MOST_EUROS)

    def as_record(self, action_id: int, funding_id: int = 0) -> Funding:
        """The line as typed."""
        amounts = self.asked.data, self.granted.data, self.spent.data
        return Funding(funding_id, action_id, str(self.funder.data), *amounts, self.version_read)
