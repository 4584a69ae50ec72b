"""Forms of registration and of the door."""

from impact.forms import Email, Form, LineField, Needed, NumberField
from impact.identities import Identity


class OpeningForm(Form):
    """How many may register."""

    seats = NumberField("Places", lowest=1, highest=500)


class RegistrationForm(Form):
    """What a person says of herself on the public page."""

    family_name = LineField("Nom", [Needed("Écrivez votre nom.")], longest=100)
    given_name = LineField("Prénom", [Needed("Écrivez votre prénom.")], longest=100)
    organisation = LineField("Structure", longest=120)
    email = LineField("Adresse électronique", [Email()])

    def as_identity(self) -> Identity:
        """The person."""
        return Identity(str(self.family_name.data), str(self.given_name.data), email=self.email.data or "")


class DoorForm(Form):
    """Who has just come in."""

    who = LineField("Code, ou début du nom", [Needed("Écrivez le code de la personne, ou le début de son nom.")])
