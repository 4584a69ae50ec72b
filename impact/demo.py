"""The demonstration: plainly invented people, and what each package adds to its communities."""

from dataclasses import dataclass
from datetime import date

from impact.accounts.access import Role
from impact.accounts.records import Account
from impact.accounts.storage import add_account, add_membership, find_account
from impact.audit import SYSTEM
from impact.communities.records import Community
from impact.communities.storage import add_community, add_member
from impact.db import EncryptedDatabase
from impact.identities import Identity
from impact.instance import Instance
from impact.vocabulary import CommunityKind

PASSWORD = "tilleul brouette nuage 7"
ESSONNE, PRE, CITE = "essonne", "pre-demonstration", "cite-demonstration"
MEDIATION = "mediation-demonstration"
# What the packages fill alike; the others have a story of their own.
STORIES = (ESSONNE, PRE)


@dataclass(frozen=True)
class Persona:
    """An account of the demonstration and of the tests, with its role in each community."""

    key: str
    given_name: str
    family_name: str
    roles: dict[str, Role]

    @property
    def email(self) -> str:
        """The address to sign in with."""
        return f"{self.key}@demonstration.example"


PERSONAS = (
    Persona("amina", "Amina", "Vertefeuille", {PRE: Role.COORDINATOR, ESSONNE: Role.MEMBER}),
    Persona("basile", "Basile", "Tournelac", {PRE: Role.REFERENT}),
    Persona("chloe", "Chloé", "Rivefort", {ESSONNE: Role.COORDINATOR}),
    Persona(
        "denis",
        "Denis",
        "Hautmont",
        {PRE: Role.FUNDER, ESSONNE: Role.FUNDER, CITE: Role.FUNDER, MEDIATION: Role.FUNDER},
    ),
    Persona(
        "elodie", "Élodie", "Marchebourg", {ESSONNE: Role.FACILITATOR, PRE: Role.FACILITATOR, CITE: Role.FACILITATOR}
    ),
    Persona("fanny", "Fanny", "Grandpré", {CITE: Role.COORDINATOR}),
    Persona("gaspard", "Gaspard", "Clairmatin", {MEDIATION: Role.COORDINATOR}),
    Persona("heloise", "Héloïse", "Sauvageon", {MEDIATION: Role.MEMBER}),
)


def create_communities(place: Instance, today: date) -> None:
    """An installation with its two empty communities, the personas and an administrator."""
    place.create()
    directory = place.directory()
    add_account(directory, SYSTEM, "administration@demonstration.example", "Administration", PASSWORD, True)
    for persona in PERSONAS:
        add_account(directory, SYSTEM, persona.email, f"{persona.given_name} {persona.family_name}", PASSWORD)
    founded = date(2020, 9, 1)
    for slug, community in (
        (
            ESSONNE,
            Community("Réseau contre le décrochage", CommunityKind.COLLECTIVE, "Essonne", founded, None, ("schools",)),
        ),
        (PRE, Community("PRE de Clairvigne", CommunityKind.PRE, "Clairvigne", founded, None)),
    ):
        _create(place, directory, slug, community)
    directory.close()


def create_others(place: Instance) -> None:
    """Beside the two, a cité éducative and a team of mediators, empty until the packages fill them."""
    directory = place.directory()
    community = Community(
        "Cité éducative des Trois-Moulins", CommunityKind.CITE, "Hautmarais", date(2020, 9, 1), None, ("mediation",)
    )
    _create(place, directory, CITE, community)
    unused = ("agreements", "plans", "workshops")
    community = Community(
        "Médiation des Deux-Rives", CommunityKind.MEDIATION, "Deux-Rives", date(2023, 9, 1), None, unused
    )
    _create(place, directory, MEDIATION, community)
    directory.close()


def _create(place: Instance, directory: EncryptedDatabase, slug: str, community: Community) -> None:
    db = place.create_community(slug)
    add_community(db, SYSTEM, community)
    for persona in PERSONAS:
        if slug in persona.roles:
            _join(directory, db, persona, slug, community.starts_on)
    db.close()


def _join(directory: EncryptedDatabase, db: EncryptedDatabase, persona: Persona, slug: str, day: date) -> None:
    account = find_account(directory, persona.email)
    assert isinstance(account, Account)
    identity = Identity(persona.family_name, persona.given_name, email=persona.email)
    member_id = add_member(db, SYSTEM, identity, None, day, account.ref)
    add_membership(directory, SYSTEM, account.id, slug, persona.roles[slug], member_id)
