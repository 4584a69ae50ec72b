"""What this package plugs into the application: tables, pages, tabs."""

from datetime import date

from flask import Flask

from impact.accounts.access import Action
from impact.audit import SYSTEM
from impact.instance import Instance
from impact.navigation import Navigation, Tab
from impact_maps import views
from impact_maps.demo import fill
from impact_maps.migrations import impact_maps
from impact_maps.todos import chain_todos

COMMUNITY = (impact_maps,)


def demonstrate(place: Instance, today: date) -> None:
    """A value chain in each community of the demonstration."""
    for slug in place.slugs():
        db = place.community(slug)
        fill(db, SYSTEM, today)
        db.close()


def plug(app: Flask, navigation: Navigation) -> None:
    """Register the pages and menus."""
    app.register_blueprint(views.pages)
    navigation.add_tab(
        Tab(
            key="impact_maps",
            label="Chaîne de valeur",
            endpoint="impact_maps.index",
            action=Action.VIEW_MAP,
            order=50,
        )
    )
    navigation.add_todos(chain_todos)
    navigation.name_objects(
        {
            "value_chain": "Chaîne de valeur",
            "chain_box": "Élément de la chaîne de valeur",
            "chain_link": "Lien de la chaîne de valeur",
        }
    )
