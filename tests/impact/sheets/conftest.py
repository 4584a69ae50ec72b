"""Children on the way, as for the pathways."""

from tests.impact.pathways.conftest import basile, followed, lists, received

__all__ = ["basile", "followed", "lists", "received"]
