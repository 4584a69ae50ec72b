"""Figures become chapters, charts and French sentences; nothing is computed or looked up here."""
