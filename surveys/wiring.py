"""What this package plugs into the application: tables, pages, tabs."""

from flask import Flask

from impact.navigation import Navigation
from surveys.migrations import surveys

COMMUNITY = (surveys,)


def plug(app: Flask, navigation: Navigation) -> None:
    """Register the pages and menus."""
