"""Invented answers: a finished wave and one under way."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase
from impact.periods import last_complete_school_year
from impact.wording import MONTHS
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
