"""The form of an organisation's sheet."""

from impact.cooperation.records import Sheet
from impact.cooperation.vocabulary import Level
from impact.forms import EditForm, LineField, SeveralField, TextField


class SheetForm(EditForm):
    """What an organisation says of itself."""

    levels = SeveralField("À quels niveaux elle participe", Level.choices())
    missions = TextField("Missions", longest=2000)
    domains = LineField("Domaines", longest=300)
    publics = TextField("Publics", longest=1000)
    territory = LineField("Territoire", longest=200)
    strengths = TextField("Points d’appui pour coopérer", longest=2000)
    obstacles = TextField("Obstacles pour coopérer", longest=2000)
    offered = TextField("Ce qu’elle offre aux autres", longest=2000)
    sought = TextField("Ce qu’elle cherche", longest=2000)

    def as_record(self, organisation_id: int) -> Sheet:
        """The sheet as typed."""
        return Sheet(
            organisation_id,
            tuple(Level(value) for value in self.levels.data or []),
            self.missions.data or "",
            self.publics.data or "",
            self.territory.data or "",
            self.strengths.data or "",
            self.obstacles.data or "",
            self.offered.data or "",
            self.sought.data or "",
            self.version_read,
            self.domains.data or "",
        )
