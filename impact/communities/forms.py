"""Forms of communities, organisations, members and invitations."""

from impact.accounts.forms import JoinForm
from impact.communities.records import Community, Member, Organisation
from impact.forms import (
    ChoiceField,
    DateField,
    EditForm,
    Email,
    Form,
    LineField,
    ListField,
    Needed,
    Phone,
    SeveralField,
    TickField,
)
from impact.identities import Identity
from impact.vocabulary import CommunityKind, OrganisationKind
from impact.wording import sort_key

_NAME_NEEDED = Needed("Écrivez le nom de la communauté. Exemple : PRE de Clairvigne.")
_TERRITORY_NEEDED = Needed("Écrivez le territoire : une ville, un quartier, un département.")
_START_NEEDED = Needed("Écrivez le jour où la communauté a commencé. Exemple : 01/09/2026.")


class FoundingForm(Form):
    """What a new community starts with."""

    name = LineField("Nom de la communauté", [_NAME_NEEDED], longest=120)
    kind = ChoiceField("De quoi s’agit-il", CommunityKind.choices(), needed="Choisissez ce qu’est la communauté.")
    territory = LineField("Territoire", [_TERRITORY_NEEDED], longest=120)
    starts_on = DateField("Début", [_START_NEEDED])
    ends_on = DateField("Fin")

    def as_record(self) -> Community:
        """The community as typed."""
        kind = CommunityKind(self.kind.data)
        return Community(str(self.name.data), kind, str(self.territory.data), self.starts_on.data, self.ends_on.data)


class CommunityForm(EditForm):
    """The settings of a community; its kind never changes."""

    name = LineField("Nom de la communauté", [_NAME_NEEDED], longest=120)
    territory = LineField("Territoire", [_TERRITORY_NEEDED], longest=120)
    starts_on = DateField("Début", [_START_NEEDED])
    ends_on = DateField("Fin")
    shown_tabs = SeveralField("Onglets montrés")

    def as_record(self, kind: CommunityKind, offered: list[str]) -> Community:
        """The community as typed, at the version that was read; `offered` are the keys of the tabs to choose from."""
        hidden = tuple(key for key in offered if key not in (self.shown_tabs.data or []))
        return Community(
            str(self.name.data),
            kind,
            str(self.territory.data),
            self.starts_on.data,
            self.ends_on.data,
            hidden,
            self.version_read,
        )


class OrganisationForm(EditForm):
    """A structure of the directory."""

    name = LineField("Nom de la structure", [Needed("Écrivez le nom de la structure.")], longest=160)
    kind = ListField("Type", OrganisationKind.choices(), needed="Choisissez le type de la structure.")


class PersonForm(EditForm):
    """A person of the directory, with an account or not."""

    family_name = LineField("Nom", [Needed("Écrivez le nom.")], longest=100)
    given_name = LineField("Prénom", longest=100)
    organisation_id = ListField("Structure")
    email = LineField("Adresse électronique", [Email()])
    phone = LineField("Téléphone", [Phone()], longest=40)
    homonym = TickField("C’est une autre personne, qui porte le même nom")

    def as_identity(self, identity_id: int = 0) -> Identity:
        """The person as typed."""
        return Identity(
            family_name=str(self.family_name.data),
            given_name=self.given_name.data or "",
            email=self.email.data or "",
            phone=self.phone.data or "",
            id=identity_id,
        )

    @property
    def organisation(self) -> int | None:
        """The id of the chosen organisation."""
        return int(self.organisation_id.data) if self.organisation_id.data else None


class InvitationForm(Form):
    """For whom a link is made, and what it opens."""

    member_id = ListField("Personne déjà dans l’annuaire")
    label = LineField("Nom de la personne invitée", longest=120)
    role = ChoiceField("Rôle", needed="Choisissez ce que la personne pourra faire.")


class FirstInvitationForm(Form):
    """For the first person of a new community."""

    label = LineField("Pour qui", [Needed("Écrivez le nom de la personne que vous invitez.")], longest=120)
    role = ChoiceField("Rôle", needed="Choisissez ce que la personne pourra faire.")


class RoleForm(Form):
    """Another role for a person who already has access."""

    role = ListField("Rôle", needed="Choisissez un rôle.")


class NewAccountForm(JoinForm):
    """What an invited person says of herself, with a checked address."""

    email = LineField(
        "Votre adresse électronique",
        [Needed("Écrivez votre adresse. Exemple : prenom@exemple.org."), Email()],
    )


def organisation_choices(organisations: list[Organisation]) -> list[tuple[str, str]]:
    """Pairs for a list field."""
    return [(str(known.id), known.name) for known in organisations]


def member_choices(members: list[Member]) -> list[tuple[str, str]]:
    """Name and organisation of each person, for a list field."""
    ordered = sorted(members, key=lambda member: sort_key(member.listed_name))
    return [
        (str(known.id), f"{known.listed_name}, {known.organisation}" if known.organisation else known.listed_name)
        for known in ordered
    ]
