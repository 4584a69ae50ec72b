"""What the packages of the common ground add to the communities of the demonstration."""

from datetime import date

from impact.agreements import cite_demo as agreements_cite_demo
from impact.agreements import demo as agreements_demo
from impact.agreements import sealed_pdf
from impact.audit import SYSTEM
from impact.communities.storage import get_community
from impact.cooperation import cite_demo as cooperation_cite_demo
from impact.cooperation import demo as cooperation_demo
from impact.demo import CITE, MEDIATION, STORIES
from impact.diagnosis import demo as diagnosis_demo
from impact.events import demo as events_demo
from impact.families import demo as families_demo
from impact.instance import Instance
from impact.mediation import demo as mediation_demo
from impact.pathways import demo as pathways_demo
from impact.plans import demo as plans_demo
from impact.protection import demo as protection_demo
from impact.schools import demo as schools_demo
from impact.vocabulary import CommunityKind
from impact.workshops import cite_demo as workshops_cite_demo
from impact.workshops import demo as workshops_demo


def demonstrate(place: Instance, today: date) -> None:
    """What the communities of the demonstration do together, and the children of its PRE."""
    for slug in STORIES:
        db = place.community(slug)
        workshops_demo.fill(db, SYSTEM, today)
        cooperation_demo.fill(db, SYSTEM, today)
        agreements_demo.fill(db, SYSTEM, today)
        plans_demo.fill(db, SYSTEM, today)
        diagnosis_demo.fill(db, SYSTEM, today)
        events_demo.fill(db, SYSTEM, today)
        if get_community(db).kind is CommunityKind.PRE:
            pathways_demo.fill(db, SYSTEM, today)
            families_demo.fill(db, SYSTEM, today)
            protection_demo.fill(db, SYSTEM, today)
        db.close()
    cite = place.community(CITE)
    cooperation_cite_demo.fill(cite, SYSTEM, today)
    workshops_cite_demo.fill(cite, SYSTEM, today)
    agreements_cite_demo.fill(cite, SYSTEM, today)
    plans_demo.fill(cite, SYSTEM, today)
    diagnosis_demo.fill(cite, SYSTEM, today)
    events_demo.fill(cite, SYSTEM, today)
    schools_demo.fill(cite, SYSTEM, today)
    cite.close()
    mediators = place.community(MEDIATION)
    mediation_demo.fill(mediators, SYSTEM, today)
    mediators.close()
    for slug, edition_id in sealed_pdf.unsealed_editions(place):
        sealed_pdf.seal_edition(place, slug, edition_id)
