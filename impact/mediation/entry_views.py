"""The lists of mediation: activities, who asks, what follows; each entry with its source and its dates."""

from impact.accounts.access import Action
from impact.list_pages import add_list_pages
from impact.mediation import storage, views
from impact.mediation.vocabulary import MediationList

pages = views.pages
_ADDRESSES = {
    "activites": MediationList.CATEGORIES,
    "demandes": MediationList.REQUESTS,
    "suites": MediationList.FOLLOW_UPS,
}
add_list_pages(pages, "mediation/lists.html", Action.RUN_MEDIATION, _ADDRESSES, storage.seed_lists)
