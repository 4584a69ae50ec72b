"""Passwords, sessions, throttle, invitations: decisions without a database."""

import unicodedata
from datetime import datetime, timedelta

from impact.accounts.records import Invitation
from impact.exceptions import Refused
from impact.wording import fold

SHORTEST_PASSWORD, LONGEST_PASSWORD = 14, 128
IDLE, ABSOLUTE = timedelta(minutes=20), timedelta(hours=10)
MOST_ATTEMPTS, ATTEMPT_WINDOW = 8, timedelta(minutes=15)
INVITATION_LIFE = timedelta(days=14)
# Words that anybody would try first against this product; the community's own names are added by the caller.
_GUESSABLE = ("reussite", "educative", "programme", "impact", "collectif", "motdepasse", "password", "azerty", "qwerty")


def normal_password(password: str) -> str:
    """The same characters whatever the keyboard composes."""
    return unicodedata.normalize("NFC", password)


def check_password(password: str, own_words: tuple[str, ...] = ()) -> None:
    """Length and a local word list, no composition rule (ASVS 5 §6.2); raises Refused on field `password`."""
    length = len(normal_password(password))
    if length < SHORTEST_PASSWORD:
        raise Refused(f"Choisissez au moins {SHORTEST_PASSWORD} caractères : une courte phrase convient.", "password")
    if length > LONGEST_PASSWORD:
        raise Refused(f"Choisissez {LONGEST_PASSWORD} caractères au plus.", "password")
    rest = fold(password).replace(" ", "")
    for word in (*_GUESSABLE, *(fold(own).replace(" ", "") for own in own_words)):
        if len(word) > 3:
            rest = rest.replace(word, "")
    if len(set(rest)) < 5:
        raise Refused("Ce mot de passe se devine trop facilement : ajoutez des mots sans lien entre eux.", "password")


def session_alive(created: datetime, seen: datetime, now: datetime) -> bool:
    """Idle 20 minutes at most, 10 hours at most in all."""
    return now - seen <= IDLE and now - created <= ABSOLUTE


def invitation_usable(invitation: Invitation, now: datetime) -> bool:
    """Neither used nor expired."""
    return invitation.used_at is None and now < invitation.expires_at


def too_many(recent_attempts: int) -> bool:
    """Whether sign-in must wait."""
    return recent_attempts >= MOST_ATTEMPTS
