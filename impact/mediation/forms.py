"""Forms of sites, postings, closures and lists."""

from datetime import date

from impact.forms import (
    ChoiceField,
    DateField,
    EditForm,
    Form,
    LineField,
    ListField,
    Needed,
    NumberField,
    TextField,
)
from impact.mediation.records import Closure, Posting, Site
from impact.mediation.rules import FULL_TIME
from impact.mediation.vocabulary import SiteKind

EARLIEST = date(2000, 1, 1)
LONGEST_NAME, MOST_SITES = 120, 200
_DAY = "Écrivez le jour. Exemple : 01/09/2026."


class SiteForm(EditForm):
    """A school or a district."""

    name = LineField("Nom du site", [Needed("Écrivez le nom. Exemple : Collège du Ruisseau.")], longest=LONGEST_NAME)
    kind = ChoiceField("Ce que c’est", SiteKind.choices(), needed="Choisissez ce qu’est ce site.")
    opened_on = DateField("Dans le périmètre depuis le", [Needed(_DAY)], earliest=EARLIEST)
    closed_on = DateField("Jusqu’au", earliest=EARLIEST)
    organisation_id = ListField("Structure de l’annuaire")

    def as_record(self, site_id: int = 0) -> Site:
        """The site as typed."""
        organisation_id = int(self.organisation_id.data) if self.organisation_id.data else None
        return Site(
            site_id,
            str(self.name.data),
            SiteKind(self.kind.data),
            self.opened_on.data,
            self.closed_on.data,
            organisation_id,
            self.version_read,
        )


class SitesForm(Form):
    """Several sites of one kind, one name a line."""

    name = TextField("Noms des sites", [Needed("Écrivez un nom par ligne.")], longest=MOST_SITES * LONGEST_NAME)
    kind = ChoiceField("Ce que c’est", SiteKind.choices(), needed="Choisissez ce que sont ces sites.")
    opened_on = DateField("Dans le périmètre depuis le", [Needed(_DAY)], earliest=EARLIEST)

    def as_records(self) -> list[Site]:
        """The sites as typed, each name once."""
        names = dict.fromkeys(line.strip()[:LONGEST_NAME] for line in str(self.name.data).splitlines() if line.strip())
        kind = SiteKind(self.kind.data)
        return [Site(0, name, kind, self.opened_on.data) for name in list(names)[:MOST_SITES]]


class PostingForm(EditForm):
    """A mediator on a site."""

    member_id = ListField("Médiateur ou médiatrice", needed="Choisissez une personne de la communauté.")
    share = NumberField(
        "Part d’un temps plein, en %",
        [Needed("Écrivez la part de temps passée sur ce site. Exemple : 50.")],
        lowest=1,
        highest=FULL_TIME,
    )
    started_on = DateField("Depuis le", [Needed(_DAY)], earliest=EARLIEST)
    ended_on = DateField("Jusqu’au", earliest=EARLIEST)

    def as_record(self, site_id: int, member_id: int, posting_id: int = 0) -> Posting:
        """The posting as typed; site and mediator are kept once it exists."""
        return Posting(
            posting_id,
            site_id,
            member_id,
            self.share.data,
            self.started_on.data,
            self.ended_on.data,
            self.version_read,
        )


class ClosureForm(Form):
    """Days on which nobody is expected."""

    label = LineField("Ce qui ferme", [Needed("Écrivez ce qui ferme. Exemple : Vacances d’hiver.")], longest=80)
    starts_on = DateField("Du", [Needed(_DAY)], earliest=EARLIEST)
    ends_on = DateField("Au", [Needed(_DAY)], earliest=EARLIEST)

    def as_record(self) -> Closure:
        """The closure as typed."""
        return Closure(0, str(self.label.data), self.starts_on.data, self.ends_on.data)
