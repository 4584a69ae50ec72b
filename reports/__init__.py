"""Indicators computed, protected, written, printed."""
