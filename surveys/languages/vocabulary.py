"""Words of languages."""

from impact.vocabulary import Term


class Direction(Term):
    """Which way a language is written."""

    LEFT = "ltr", "De gauche à droite"
    RIGHT = "rtl", "De droite à gauche"
