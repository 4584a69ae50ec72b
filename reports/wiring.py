"""What this package plugs into the application: tables, pages, tabs."""

from flask import Flask

from impact.navigation import Navigation
from reports.migrations import reports

COMMUNITY = (reports,)


def plug(app: Flask, navigation: Navigation) -> None:
    """Register the pages and menus."""
