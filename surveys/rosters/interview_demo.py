"""What invented young people say in their interviews, and how two people read it."""

from collections.abc import Sequence

from impact.audit import SYSTEM, Actor, Deed, write
from impact.communities.storage import list_members
from impact.db import EncryptedDatabase
from impact.wording import fold
from surveys.coding import storage
from surveys.records import Answer, Wave

INTERVIEW, ASKED = "entretien-jeune", "programme"
# At the start, at the end of the workshops, at the end of the year.
SAID = (
    (
        "Je ne sais pas encore. On m’a dit de venir.",
        "Trouver un stage, et savoir ce que je peux faire après.",
        "Ne plus avoir peur de parler devant la classe.",
        "Que quelqu’un m’explique quand je ne comprends pas.",
        "Voir autre chose que le collège.",
    ),
    (
        "On rit bien, et je parle un peu plus.",
        "J’ai appelé trois entreprises pour mon stage.",
        "L’animatrice m’explique sans s’énerver.",
        "Pour l’instant ça n’a pas changé grand-chose.",
    ),
    (
        "J’ai trouvé un stage tout seul, je n’aurais pas appelé avant.",
        "Je parle plus facilement, même au tableau.",
        "Il y a une adulte à qui je peux demander.",
        "En cours, ça n’a pas changé grand-chose.",
        "Je sais quel lycée je veux, et pourquoi.",
    ),
)
# Theme: what belongs to it, what the first reader sees it in, and what the second sees besides.
_BOOK = {
    "L’orientation": ("Stage, métier, lycée, la suite des études.", ("stage", "lycee"), ("autre chose",)),
    "Oser parler": ("Prendre la parole, appeler, demander.", ("parler", "parle"), ("appele",)),
    "Un adulte qui compte": ("Une personne vers qui se tourner.", ("explique", "adulte"), ()),
    "Rien d’attendu, rien de changé": ("Pas d’attente, ou pas d’effet dit.", ("ne sais pas", "pas change"), ()),
}


def said_at(moment: int, place: int) -> list[Answer]:
    """What one of them says at a moment, from 1 to 3."""
    words = SAID[moment - 1]
    return [Answer(ASKED, words=words[place % len(words)])]


def read_twice(db: EncryptedDatabase, waves: Sequence[Wave]) -> None:
    """Two members put themes to every answer of one question, and do not always agree; nothing without two members."""
    readers = [Actor("system", "system", each.id) for each in sorted(list_members(db), key=lambda each: each.id)[:2]]
    if len(readers) < 2:
        return
    with write(db, SYSTEM) as log:
        book = {
            label: storage.add_theme(db, SYSTEM, waves[0], ASKED, label, meaning)
            for label, (meaning, *_) in _BOOK.items()
        }
        for wave in waves:
            for place, reader in enumerate(readers, start=1):
                coded = storage.coded_question(db, wave, ASKED)
                for answer in coded.answers:
                    storage.read_answer(db, reader, coded, answer, _themes(answer.words, book, place))
        log.note(Deed.CREATE, "demonstration")


def _themes(words: str, book: dict[str, int], place: int) -> list[int]:
    said = fold(words)
    return [
        book[label]
        for label, (_, *seen) in _BOOK.items()
        if any(fold(each) in said for group in seen[:place] for each in group)
    ]
