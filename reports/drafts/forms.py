"""Words to sign, a section to add, somebody to send a report to."""

from impact.forms import ChoiceField, DateField, Form, LineField, ListField, Needed, TextField
from reports.vocabulary import Mission


class WordForm(Form):
    """A judgement, recommendations or a remark."""

    kind = ChoiceField("Ce que vous signez", needed="Choisissez ce que vous signez.")
    words = TextField("Vos mots", [Needed("Écrivez ce que vous voulez signer.")], longest=1500)


class SectionForm(Form):
    """One more section."""

    section = ListField("Ajouter une partie", needed="Choisissez une partie.")


class MissionForm(Form):
    """What the outside evaluator is there for."""

    mission = ChoiceField("Sa mission", Mission.choices(), needed="Choisissez une mission.")

    def chosen(self) -> Mission:
        """The mission chosen."""
        return Mission(self.mission.data)


class SendingForm(Form):
    """A recipient, and the last day of her link when she is given one."""

    recipient = LineField("À qui", [Needed("Écrivez le nom de la structure.")], longest=120)
    expires_on = DateField("Lien valable jusqu’au")
