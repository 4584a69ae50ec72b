"""Invented answers: a finished wave and one under way."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase
from impact.periods import last_complete_school_year
from impact.wording import MONTHS
from impact.workshops.storage import change_workshop, list_workshops
from surveys import storage
from surveys.definitions import get_standard
from surveys.records import Answer, NewWave, Questionnaire
from surveys.vocabulary import QuestionKind

QUESTIONNAIRE = "satisfaction-parents"
RESPONSES, INVITED = 41, 118
RESPONSES_UNDER_WAY, INVITED_UNDER_WAY = 6, 104
# How often each level from 1 to 5 is chosen, then how often the question is refused: opinions differ by question.
_OPINIONS = {
    "welcome": (1, 2, 3, 13, 21, 1),
    "listening": (2, 4, 7, 16, 11, 1),
    "clarity": (3, 8, 9, 13, 6, 2),
    "usefulness": (1, 3, 9, 15, 10, 3),
    "convenience": (8, 11, 7, 9, 5, 1),
    "overall": (2, 3, 6, 17, 11, 2),
}
_SUGGESTIONS = (
    "Garder le goûter du mercredi, ma fille y va en courant.",
    "Des rendez-vous après 18 h, je travaille jusqu’à 17 h 30.",
    "Expliquer les papiers avec des mots simples.",
    "Le bus ne passe pas près de la salle. Plus près, ce serait mieux.",
    "Rien à changer pour nous.",
    "On attend longtemps avant le premier rendez-vous.",
    "Garder la même personne toute l’année.",
    "Les ateliers de cuisine avec les enfants, à refaire.",
    "Dire à l’avance quand une séance est annulée.",
    "Mon fils parle davantage à la maison depuis le théâtre.",
    "Une salle pour les petits pendant la réunion.",
    "Je n’ai pas compris qui décide de la suite.",
    "Le samedi matin nous conviendrait.",
)


CYCLE = "fin-de-cycle"
CYCLE_RESPONSES, CYCLE_INVITED = 24, 31
# How often each answer is given; the last figure of a grid's sentence is « ne sait pas ».
_LEARNT = {
    "learnt.others": (0, 1, 3, 9, 10, 1),
    "learnt.needs": (1, 3, 6, 8, 4, 2),
    "learnt.method": (1, 4, 7, 8, 4, 0),
    "learnt.turn_to": (0, 2, 3, 10, 9, 0),
    "learnt.common": (2, 5, 7, 7, 2, 1),
    "continue": (0, 1, 4, 9, 9, 1),
}
_MANDATE = {"yes": 9, "informal": 8, "no": 6, "": 1}
_USED = {"often": 6, "once": 9, "soon": 6, "no": 3}
_TOOLS = {"contact": 0.8, "map": 0.45, "tool": 0.4, "way": 0.3}
_OBSTACLES = {"time": 0.7, "hierarchy": 0.35, "unfit": 0.2, "unclear": 0.3}


def fill_cycle(db: EncryptedDatabase, actor: Actor, today: date) -> None:
    """A closed wave of 24 answers on a cycle of workshops, from the day of the last one that was held.

    Without a workshop, in the June of the last complete school year.
    """
    chance = Random(20210705)
    held = [known for known in list_workshops(db) if known.is_held][-1:]
    first = held[0].held_on if held else date(last_complete_school_year(today).end.year, 6, 14)
    last = first + timedelta(days=21)
    with write(db, actor) as log:
        new = NewWave(f"Fin de cycle, {MONTHS[first.month - 1]} {first.year}", first, last, CYCLE_INVITED)
        wave = storage.open_wave(db, actor, get_standard(CYCLE), new, first)
        for _ in range(CYCLE_RESPONSES):
            day = first + timedelta(days=chance.randrange(22))
            storage.add_response(db, wave, day, f"{chance.getrandbits(128):032x}", _one_participant(chance))
        for workshop in held:
            change_workshop(db, actor, replace(workshop, wave_id=wave), today)
        log.note(Deed.CREATE, "demonstration")


def _one_participant(chance: Random) -> list[Answer]:
    sessions = min(9, max(1, round(chance.gauss(4.5, 2))))
    levels = [_learnt(code, weights, chance) for code, weights in _LEARNT.items()]
    mandate, used = (chance.choices(list(odds), list(odds.values()))[0] for odds in (_MANDATE, _USED))
    mark = min(10, max(0, round(chance.gauss(7.6, 1.8))))
    acted = used in ("often", "once")
    question, odds = ("what_used", _TOOLS) if acted else ("obstacle", _OBSTACLES)
    picked = tuple(code for code, odd in odds.items() if chance.random() < odd)
    return [
        Answer("sessions", amount=Decimal(sessions)),
        Answer("mandate", choices=(mandate,)) if mandate else Answer("mandate", aside=True),
        *levels,
        Answer("used", choices=(used,)),
        Answer(question, choices=picked) if picked else Answer(question, aside=True),
        Answer("advise", amount=Decimal(mark)),
    ]


def _learnt(code: str, weights: Sequence[int], chance: Random) -> Answer:
    level = chance.choices((1, 2, 3, 4, 5, None), weights)[0]
    # The single question offers « je préfère ne pas répondre », the grid « je ne sais pas ».
    return Answer(code, level=level) if level or code == "continue" else Answer(code, aside=True)


def fill(db: EncryptedDatabase, actor: Actor, today: date) -> None:
    """A closed wave of 41 answers in the last June of a complete school year, and an open one around `today`."""
    chance = Random(20210622)
    questionnaire = get_standard(QUESTIONNAIRE)
    june = last_complete_school_year(today).end.year
    first, last = date(june, 6, 1), date(june, 6, 30)
    opened = today - timedelta(days=8)
    with write(db, actor) as log:
        done = storage.open_wave(db, actor, questionnaire, NewWave(f"Juin {june}", first, last, INVITED), first)
        _answer(db, done, [first + timedelta(days=chance.randrange(30)) for _ in range(RESPONSES)], chance)
        title = f"{MONTHS[opened.month - 1].capitalize()} {opened.year}"
        wave = NewWave(title, opened, today + timedelta(days=5), INVITED_UNDER_WAY)
        current = storage.open_wave(db, actor, questionnaire, wave, today)
        days = [opened + timedelta(days=chance.randrange(9)) for _ in range(RESPONSES_UNDER_WAY)]
        _answer(db, current, days, chance)
        log.note(Deed.CREATE, "demonstration")


def _answer(db: EncryptedDatabase, wave_id: int, days: Sequence[date], chance: Random) -> None:
    questionnaire = storage.get_wave(db, wave_id).questionnaire
    suggestions = chance.sample(_SUGGESTIONS, len(_SUGGESTIONS))
    for day in sorted(days):
        key = f"{chance.getrandbits(128):032x}"
        words = suggestions.pop() if suggestions and chance.random() < 0.3 else ""
        storage.add_response(db, wave_id, day, key, _one_person(questionnaire, words, chance))


def _one_person(questionnaire: Questionnaire, words: str, chance: Random) -> list[Answer]:
    leaning = chance.gauss(0, 0.7)
    answers = [Answer(code, level=_level(code, leaning, chance)) for code in questionnaire.codes]
    if words:
        open_questions = [question for question in questionnaire.questions if question.kind is QuestionKind.WORDS]
        answers += [Answer(question.code, words=words) for question in open_questions]
    return answers


def _level(code: str, leaning: float, chance: Random) -> int | None:
    """One draw among the question's opinions, moved by what this person thinks of everything."""
    drawn = chance.choices((1, 2, 3, 4, 5, None), weights=_OPINIONS[code])[0]
    return None if drawn is None else min(5, max(1, round(drawn + leaning)))
