"""What this package plugs into the application: tables, pages, tabs."""

from flask import Flask

from impact.navigation import Navigation
from impact_maps.migrations import impact_maps

COMMUNITY = (impact_maps,)


def plug(app: Flask, navigation: Navigation) -> None:
    """Register the pages and menus."""
