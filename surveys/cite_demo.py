"""What people said of the forums of the cité éducative: one closed wave, attached to the date of the last forum."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase
from impact.events.storage import change_event, list_events, list_series
from impact.events.vocabulary import SeriesKind
from surveys import storage
from surveys.definitions import get_standard
from surveys.records import Answer, NewWave

_OPENED, _CLOSED, _TITLE = date(2022, 4, 22), date(2022, 5, 13), "Forums du printemps 2022"
_RESPONSES, _INVITED = 46, 205
_FROM = {"school": 12, "local": 13, "association": 16, "other": 5}
# How often each level from 1 to 5 is chosen, then « ne sait pas ».
_OPINIONS = {
    "day.useful": (1, 3, 6, 19, 16, 1),
    "day.clear": (2, 4, 9, 18, 12, 1),
    "day.speak": (5, 9, 8, 14, 9, 1),
    "day.met": (1, 2, 5, 17, 21, 0),
    "day.practical": (2, 5, 8, 18, 13, 0),
}


def fill(db: EncryptedDatabase, actor: Actor) -> None:
    """Add it to a cité éducative that held forums."""
    chance = Random(20220421)
    forums = next(series for series in list_series(db) if series.kind is SeriesKind.FORUM)
    last = max(list_events(db, forums.id), key=lambda event: event.held_on)
    with write(db, actor) as log:
        new = NewWave(_TITLE, _OPENED, _CLOSED, _INVITED)
        wave = storage.open_wave(db, actor, get_standard("journee"), new, _OPENED)
        for _ in range(_RESPONSES):
            day = _OPENED + timedelta(days=chance.randrange(21))
            storage.add_response(db, wave, day, f"{chance.getrandbits(128):032x}", _one_person(chance))
        change_event(db, actor, replace(last, wave_id=wave), _CLOSED)
        log.note(Deed.CREATE, "demonstration")


def _one_person(chance: Random) -> list[Answer]:
    levels = {code: chance.choices((1, 2, 3, 4, 5, None), weights)[0] for code, weights in _OPINIONS.items()}
    mark = min(10, max(0, round(chance.gauss(7.9, 1.7))))
    return [
        Answer("from", choices=(chance.choices(list(_FROM), list(_FROM.values()))[0],)),
        Answer("how", choices=("place",)),
        *(Answer(code, level=level) if level else Answer(code, aside=True) for code, level in levels.items()),
        Answer("advise", amount=Decimal(mark)),
    ]
