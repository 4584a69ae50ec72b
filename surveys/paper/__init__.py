"""Questionnaires on paper: sheets to print, scans to read, answers to type, and what a person decides in between."""
