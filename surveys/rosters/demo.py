"""Invented cohort."""
