"""Cycles, workshops, attendance."""
