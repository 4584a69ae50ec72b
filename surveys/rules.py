"""When a wave takes answers, what its link is, how its keys are made: decisions without a database."""

import base64
import hashlib
import hmac
import re
from datetime import date, timedelta

from impact.exceptions import Refused
from surveys.records import Wave
from surveys.vocabulary import WaveState

LONGEST_WAVE = timedelta(days=366)
# Far above a real wave, far below what a robot would need to fill a disk.
MOST_RESPONSES = 5_000
SOON = timedelta(days=7)
FRESH = timedelta(days=30)
FEW = 11
_LINK_BYTES = 20
_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")


def check_window(opens_on: date, closes_on: date, today: date) -> None:
    """Raises Refused on `closes_on` when the wave ends before it begins, is over already or lasts over a year."""
    if closes_on < opens_on:
        raise Refused("La collecte ferme avant d’ouvrir : choisissez un jour plus tard.", "closes_on")
    if closes_on < today:
        raise Refused("Ce jour est passé : choisissez aujourd’hui ou un jour à venir.", "closes_on")
    if closes_on - opens_on > LONGEST_WAVE:
        raise Refused("Une collecte dure un an au plus : choisissez un jour plus proche.", "closes_on")


def state_on(wave: Wave, day: date) -> WaveState:
    """Open from the first second of `opens_on` to the last of `closes_on`, unless it was closed by hand."""
    if wave.closed_on is not None or day > wave.closes_on:
        return WaveState.CLOSED
    return WaveState.COMING if day < wave.opens_on else WaveState.OPEN


def takes_answers(wave: Wave, day: date) -> bool:
    """Whether the public link is alive."""
    return state_on(wave, day) is WaveState.OPEN and wave.responses < MOST_RESPONSES


def can_reopen(wave: Wave, day: date) -> bool:
    """Whether a wave closed by hand would take answers again."""
    return wave.closed_on is not None and day <= wave.closes_on


def check_closing(wave: Wave, day: date) -> None:
    """Raises Refused unless the wave is open."""
    if state_on(wave, day) is not WaveState.OPEN:
        raise Refused("Cette vague n’est pas ouverte : il n’y a rien à fermer.")


def check_reopening(wave: Wave, day: date) -> None:
    """Raises Refused unless the wave was closed by hand and its last day is still to come."""
    if not can_reopen(wave, day):
        raise Refused("Cette vague ne peut pas rouvrir : son dernier jour est passé. Ouvrez une nouvelle vague.")


def needs_answers(wave: Wave, day: date) -> bool:
    """Open, closing within a week, with answers from under half of those invited, or under eleven in all."""
    if state_on(wave, day) is not WaveState.OPEN or wave.closes_on - day > SOON:
        return False
    return wave.responses < (wave.invited / 2 if wave.invited else FEW)


def is_fresh(wave: Wave, day: date) -> bool:
    """Closed within a month, with something to read."""
    return state_on(wave, day) is WaveState.CLOSED and wave.responses > 0 and day - wave.ended_on <= FRESH


def link_token(secret: bytes, wave_id: int, serial: int) -> str:
    """The last part of a wave's public link: 160 bits that only the holder of the community's key can make.

    It is derived again each time it is shown, so that the file holds nothing but its hash.
    """
    message = f"surveys.link:{wave_id}:{serial}".encode()
    digest = hmac.new(secret, message, hashlib.sha256).digest()[:_LINK_BYTES]
    return base64.b32encode(digest).decode("ascii").lower()


def fingerprint(*parts: object) -> str:
    """SHA-256 of the parts, in hexadecimal."""
    return hashlib.sha256("\n".join(str(part) for part in parts).encode()).hexdigest()


def check_key(key: str) -> str:
    """The one-use key of a respondent's form as it was issued; raises Refused when it was tampered with."""
    if not _KEY.fullmatch(key):
        raise Refused("L’envoi n’a pas pu être lu. Vos réponses sont gardées : envoyez-les de nouveau.")
    return key


def response_id(wave_id: int, key: str) -> int:
    """An id of 60 bits drawn from the form's random key: it says nothing of the order in which answers came."""
    return int(fingerprint("response", wave_id, key)[:15], 16)
