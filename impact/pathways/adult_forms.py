"""The form of an adult of the child's home."""

from impact.forms import ChoiceField, EditForm, Email, LineField, ListField, Needed, Phone, WatchedForm
from impact.identities import Identity
from impact.pathways.records import Adult
from impact.pathways.vocabulary import Authority, Tie


class AdultForm(WatchedForm, EditForm):
    """An adult of the home: who, for the child, with which authority, how to speak to them."""

    subject = "household_adult"
    elsewhere = {"phone": "identity.phone", "email": "identity.email"}
    given_name = LineField("Prénom", longest=100)
    family_name = LineField("Nom", [Needed("Écrivez le nom de cette personne.")], longest=100)
    relation = ChoiceField("Lien avec l’enfant", Tie.choices(), needed="Dites qui est cette personne.")
    tie = LineField("Pour un autre adulte, qui est-ce ?", longest=60)
    authority = ChoiceField("Titulaire de l’autorité parentale", Authority.choices(), needed="Choisissez une réponse.")
    language = ListField("Langue à parler")
    phone = LineField("Téléphone", [Phone()], longest=30)
    email = LineField("Adresse électronique", [Email()])

    def as_record(self, adult_id: int = 0) -> Adult:
        """What was typed; read after validation."""
        relation = Tie(self.relation.data)
        return Adult(
            Identity(
                self.family_name.data or "",
                self.given_name.data or "",
                email=self.email.data or "",
                phone=self.phone.data or "",
            ),
            relation,
            (self.tie.data or "") if relation is Tie.OTHER else "",
            Authority(self.authority.data or Authority.UNKNOWN),
            self.language.data or "",
            adult_id,
            self.version_read,
        )


def typed(adult: Adult) -> dict[str, object]:
    """What the form of a known adult shows first."""
    return {
        "given_name": adult.identity.given_name,
        "family_name": adult.identity.family_name,
        "relation": adult.relation.value,
        "tie": adult.tie,
        "authority": adult.authority.value,
        "language": adult.language,
        "phone": adult.identity.phone,
        "email": adult.identity.email,
        "version": str(adult.version),
    }
