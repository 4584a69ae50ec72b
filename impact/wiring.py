"""What the common ground plugs into the application: tables, pages, tabs."""

from flask import Flask

from impact.accounts.migrations import directory
from impact.communities.migrations import communities
from impact.migrations import community_file, every_file
from impact.navigation import Navigation
from impact.pathways.migrations import pathways
from impact.workshops.migrations import workshops

DIRECTORY = (every_file, directory)
SHARED = (every_file,)
COMMUNITY = (every_file, community_file, communities, workshops, pathways)


def plug(app: Flask, navigation: Navigation) -> None:
    """Register the pages and menus of every feature."""
