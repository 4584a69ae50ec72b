"""Questionnaires and answers from other tools, and for them."""
