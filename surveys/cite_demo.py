"""What people said of the cité éducative: of its last forum, and, a year of actors, of the network itself.

The second wave is large enough to be told by group.
"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase
from impact.events.storage import change_event, list_events, list_series
from impact.events.vocabulary import SeriesKind
from impact.periods import last_complete_school_year
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
_ACTORS, _ACTORS_INVITED = "acteurs-du-reseau", 386
# Who answered, from where; then how opinions lean there.
_ROLES = {"school": 71, "local": 44, "association": 58, "state": 27, "health": 9, "other": 8}
_LEANING = {"school": -0.25, "local": 0.3, "association": 0.1, "state": 0.2, "health": -0.1, "other": 0.0}
# The mean level of each sentence; what one person in twelve does not know is told in no group.
_MEANS = {
    "worth.needs": 3.3,
    "worth.timing": 2.9,
    "worth.diverse": 3.7,
    "worth.projects": 3.0,
    "voice.heard": 3.4,
    "voice.decide": 2.8,
    "voice.credit": 3.2,
}
_UNSURE = ("worth.projects", "voice.decide")
_OFFERS = {"agenda": 0.55, "directory": 0.5, "training": 0.4, "exchange": 0.45, "advice": 0.35}
_PRIORITIES = {"meet": 1.4, "train": 1.0, "inform": 0.7, "act": 1.6}


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


def fill_actors(db: EncryptedDatabase, actor: Actor, today: date) -> None:
    """The yearly questionnaire of a network, in the June of the last complete school year."""
    year = last_complete_school_year(today)
    opened, chance = date(year.end.year, 6, 2), Random(20260602)
    with write(db, actor) as log:
        new = NewWave(f"Actrices et acteurs, {year.code}", opened, opened + timedelta(days=25), _ACTORS_INVITED)
        wave = storage.open_wave(db, actor, get_standard(_ACTORS), new, opened)
        roles = [role for role, people in _ROLES.items() for _ in range(people)]
        forms = [
            (opened + timedelta(days=chance.randrange(26)), f"{chance.getrandbits(128):032x}", _one_actor(role, chance))
            for role in roles
        ]
        storage.add_responses(db, wave, forms)
        log.note(Deed.CREATE, "demonstration")


def _one_actor(role: str, chance: Random) -> list[Answer]:
    leaning = _LEANING[role] + chance.gauss(0, 0.6)
    levels = {code: min(5, max(1, round(mean + leaning + chance.gauss(0, 0.9)))) for code, mean in _MEANS.items()}
    unsure = {code for code in _UNSURE if chance.random() < 1 / 12}
    used = tuple(code for code, odd in _OFFERS.items() if chance.random() < odd) or ("none",)
    order = sorted(_PRIORITIES, key=lambda code: chance.expovariate(_PRIORITIES[code]))
    return [
        Answer("role", choices=(role,)),
        Answer("meetings", amount=Decimal(min(12, int(chance.expovariate(1 / (3 + leaning)))))),
        Answer("offers", choices=used),
        *(Answer(code, aside=True) if code in unsure else Answer(code, level=level) for code, level in levels.items()),
        Answer("advise", amount=Decimal(min(10, max(0, round(chance.gauss(7 + leaning, 1.6)))))),
        Answer("priorities", choices=tuple(order)),
    ]


def _one_person(chance: Random) -> list[Answer]:
    levels = {code: chance.choices((1, 2, 3, 4, 5, None), weights)[0] for code, weights in _OPINIONS.items()}
    mark = min(10, max(0, round(chance.gauss(7.9, 1.7))))
    return [
        Answer("from", choices=(chance.choices(list(_FROM), list(_FROM.values()))[0],)),
        Answer("how", choices=("place",)),
        *(Answer(code, level=level) if level else Answer(code, aside=True) for code, level in levels.items()),
        Answer("advise", amount=Decimal(mark)),
    ]
