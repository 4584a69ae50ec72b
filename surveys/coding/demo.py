"""The invented words of the finished wave, read by two people who do not always agree."""

from impact.audit import SYSTEM, Actor
from impact.communities.storage import list_members
from impact.db import EncryptedDatabase
from impact.wording import fold
from surveys.coding import storage
from surveys.coding.records import Written
from surveys.storage import list_waves

# Theme: what belongs to it, what the first reader sees it in, and what the second sees besides.
_BOOK = {
    "Horaires": ("L’heure, le jour, la durée, l’annulation d’un rendez-vous.", ("18 h", "samedi", "annulee", "attend"), ("mercredi",)),
    "Ce qu’il faut garder": ("Ce qui plaît et doit continuer.", ("garder", "refaire", "theatre", "rien a changer"), ()),
    "Lieu": ("La salle, le trajet, les petits pendant la réunion.", ("bus", "salle"), ()),
    "Être compris": ("Les papiers, les mots, qui décide.", ("mots simples", "qui decide"), ("annulee",)),
}  # fmt: skip
_QUOTED = ("mots simples", "samedi")


def fill(db: EncryptedDatabase) -> None:
    """Every answer read twice, one disagreement settled, two quotes released; nothing without two members."""
    readers = [
        Actor("system", "system", member.id) for member in sorted(list_members(db), key=lambda each: each.id)[:2]
    ]
    wave = min(list_waves(db), key=lambda each: each.id)
    for coded in storage.coded_questions(db, wave) if len(readers) > 1 else ():
        themes = {
            label: storage.add_theme(db, SYSTEM, wave, coded.question.code, label, meaning)
            for label, (meaning, *_) in _BOOK.items()
        }
        code = coded.question.code
        for place, reader in enumerate(readers):
            for answer in coded.answers:
                found = [themes[label] for label, (_, *seen) in _BOOK.items() if _seen(answer, seen[: place + 1])]
                storage.read_answer(db, reader, storage.coded_question(db, wave, code), answer, found)
        read = storage.coded_question(db, wave, code)
        differing = next((each for each in read.answers if each.differs), None)
        if differing:
            storage.settle(db, readers[0], read, differing, differing.themes)
        for answer in read.answers:
            if _seen(answer, [_QUOTED]):
                storage.release(db, readers[0], read, answer, answer.words, True, wave.ended_on)


def _seen(answer: Written, words: list[tuple[str, ...]]) -> bool:
    said = fold(answer.words.replace("\u202f", " ").replace("\u00a0", " "))
    return any(fold(word) in said for group in words for word in group)
