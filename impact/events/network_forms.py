"""Forms of offers, opinions, resources and public registration."""

from datetime import date

from impact.events.records import Offer, Registering, Resource
from impact.events.vocabulary import Relevance
from impact.forms import ChoiceField, Form, LineField, ListField, Needed, NumberField, TextField
from impact.vocabulary import OrganisationKind


class OfferForm(Form):
    """What an organisation offers."""

    organisation_id = ListField("Structure qui offre", needed="Choisissez la structure qui offre.")
    title = LineField("Offre", [Needed("Écrivez l’offre en une ligne.")], longest=160)
    words = TextField("Détails", longest=2000)

    def as_record(self, today: date) -> Offer:
        """The offer as typed."""
        return Offer(0, int(self.organisation_id.data), str(self.title.data), self.words.data or "", today)


class OpinionForm(Form):
    """What a member says of an offer."""

    relevance = ChoiceField("Pour votre structure", Relevance.choices(), needed="Dites si cette offre vous est utile.")


class ResourceForm(Form):
    """A document, a tool, an address."""

    title = LineField("Titre", [Needed("Écrivez le titre.")], longest=160)
    theme = LineField("Thème", [Needed("Écrivez le thème, pour la retrouver.")], longest=80)
    words = TextField("Ce qu’on y trouve", longest=1000)
    address = LineField("Adresse", longest=500)

    def as_record(self, today: date) -> Resource:
        """The resource as typed."""
        words, address = self.words.data or "", self.address.data or ""
        return Resource(0, str(self.title.data), words, address, str(self.theme.data), today)


class RegisteringForm(Form):
    """The public form: no name is asked."""

    kind = ListField("Votre institution", OrganisationKind.choices(), needed="Choisissez votre institution.")
    people = NumberField(
        "Combien de personnes", [Needed("Écrivez combien vous serez.")], lowest=1, highest=20, default=1
    )

    def as_record(self) -> Registering:
        """What was said."""
        return Registering(OrganisationKind(self.kind.data), self.people.data)
