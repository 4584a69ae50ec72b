"""Families who come to the parents' workshops of a PRE."""
