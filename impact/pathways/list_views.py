"""The reference lists of the PRE: what they offer, since when, from which source."""

from impact.accounts.access import Action
from impact.list_pages import add_list_pages
from impact.pathways import storage, views
from impact.pathways.vocabulary import ReferenceList

pages = views.pages
_ADDRESSES = {
    "motifs": ReferenceList.MOTIVES,
    "origines": ReferenceList.ORIGINS,
    "profils": ReferenceList.PROFILES,
    "motifs-de-sortie": ReferenceList.EXIT_REASONS,
    "domaines": ReferenceList.DOMAINS,
    "mots-a-eviter": ReferenceList.WARNED_WORDS,
}
add_list_pages(pages, "pathways/lists.html", Action.MANAGE_COMMUNITY, _ADDRESSES, storage.seed_lists)
