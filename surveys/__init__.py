"""Questionnaires: library, waves, collection."""
