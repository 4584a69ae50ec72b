"""What this package plugs into the application: tables, pages, tabs."""

from datetime import date

from flask import Flask

from impact.accounts.access import Action
from impact.audit import SYSTEM
from impact.demo import PRE
from impact.instance import Instance
from impact.navigation import Navigation, Tab
from impact.vocabulary import CommunityKind
from impact_maps import file_views, own_views, pattern_views, revision_views, tree_views, views
from impact_maps.demo import fill, offer
from impact_maps.indicators import catalogue_for
from impact_maps.migrations import impact_maps, shared_maps
from impact_maps.todos import chain_todos, indicator_todos

COMMUNITY = (impact_maps,)
SHARED = (shared_maps,)


def demonstrate(place: Instance, today: date) -> None:
    """The maps of each community of the demonstration; that of its PRE is offered to the others."""
    shared = place.shared()
    for slug in place.slugs():
        db = place.community(slug)
        fill(db, SYSTEM, today)
        if slug == PRE:
            offer(shared, db, SYSTEM, slug, today)
        db.close()
    shared.close()


def plug(app: Flask, navigation: Navigation) -> None:
    """Register the pages and menus."""
    # These modules add their pages to one blueprint, so that the tab stays marked on each.
    modules = (file_views, own_views, pattern_views, revision_views, tree_views)
    assert all(module.pages is views.pages for module in modules)
    app.register_blueprint(views.pages)
    navigation.add_tab(
        Tab(
            key="impact_maps",
            label="Cartes",
            endpoint="impact_maps.index",
            action=Action.VIEW_MAP,
            order=50,
        )
    )
    app.extensions["diagnosis"].add(_titles)
    navigation.add_todos(chain_todos)
    navigation.add_todos(indicator_todos)
    navigation.name_objects(
        {
            "value_chain": "Chaîne de valeur",
            "chain_box": "Élément de la chaîne de valeur",
            "chain_link": "Lien de la chaîne de valeur",
            "chain_revision": "Version de la chaîne de valeur",
            "map_pattern": "Modèle de carte",
            "tree_impact": "Impact de l’arbre",
            "own_indicator": "Indicateur de la communauté",
            "own_value": "Valeur d’un indicateur de la communauté",
        }
    )


def _titles(kind: CommunityKind) -> list[tuple[str, str]]:
    return [(known.code, known.title) for known in catalogue_for(kind) if not known.breakdown]
