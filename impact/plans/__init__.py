"""Diagnosis, roadmap, five conditions, experience sheets."""
