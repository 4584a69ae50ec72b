"""A chain to begin with: La Fonda's columns, with words to replace."""

from impact_maps.records import BoxContent
from impact_maps.vocabulary import Stage, Target

TITLE = "De nos moyens à ce qui change"
_RESOURCES, _ACTIVITIES, _RESULTS, _VALUE = Stage
BOXES = (
    BoxContent(_RESOURCES, "Équipe et partenaires"),
    BoxContent(_RESOURCES, "Coordination et outils communs"),
    BoxContent(_ACTIVITIES, "Ce que nous faisons avec les familles"),
    BoxContent(_ACTIVITIES, "Ce que nous faisons entre structures"),
    BoxContent(_RESULTS, "Ce qui change pour les familles"),
    BoxContent(_RESULTS, "Ce qui change dans nos façons de travailler"),
    BoxContent(_VALUE, "à préciser avec elles", Target.FAMILIES),
    BoxContent(_VALUE, "à préciser avec les élus et les habitants", Target.TERRITORY),
    BoxContent(_VALUE, "à préciser avec les équipes", Target.STRUCTURES),
)
LINKS = ((0, 2), (1, 2), (1, 3), (2, 4), (3, 5), (4, 6), (4, 7), (5, 7), (5, 8))
