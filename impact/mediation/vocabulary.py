"""Words of mediation."""

from impact.vocabulary import Term


class SiteKind(Term):
    """Where mediators are posted."""

    PRIMARY = "primary", "École"
    COLLEGE = "college", "Collège"
    LYCEE = "lycee", "Lycée"
    DISTRICT = "district", "Quartier"

    @property
    def several(self) -> str:
        """The word for a group of them."""
        return {"primary": "Écoles", "college": "Collèges", "lycee": "Lycées", "district": "Quartiers"}[self.value]


class Axis(Term):
    """What an activity works on."""

    VIOLENCE = "violence", "Violences et harcèlement"
    DROPOUT = "dropout", "Absences et décrochage"
    CITIZENSHIP = "citizenship", "Citoyenneté"


class MediationList(Term):
    """The lists that a community writes itself, entry by entry, with their source."""

    CATEGORIES = "mediation_category", "Activités"
    REQUESTS = "mediation_request", "Qui demande"
    FOLLOW_UPS = "mediation_follow_up", "Suites données"


# The names of what is written, in the log of accesses.
OBJECTS = {
    "mediation_site": "Site de médiation",
    "mediation_posting": "Affectation d’un médiateur",
    "mediation_closure": "Fermeture",
    "mediation_week": "Semaine de présence",
    "mediation_activity": "Activité de médiation",
}
