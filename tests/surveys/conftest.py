"""A questionnaire that holds every kind of question, and its open wave."""

from datetime import date

import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase
from surveys import storage
from surveys.definitions import check, get_standard
from surveys.records import Choice, Condition, NewWave, Question, Questionnaire
from surveys.vocabulary import QuestionKind

TODAY = date(2026, 11, 20)


def _choices(**words: str) -> tuple[Choice, ...]:
    return tuple(Choice(code, text) for code, text in words.items())


@pytest.fixture(scope="session")
def whole() -> Questionnaire:
    """Every kind, a condition on a choice, required questions, boxes « je ne sais pas »."""
    kind = QuestionKind
    questions = (
        Question("part_one", kind.SECTION, "Votre venue"),
        Question("hello", kind.INFORMATION, "Ces questions portent sur la journée d’hier."),
        Question("came", kind.ONE, "Êtes-vous venu ?", required=True, choices=_choices(yes="Oui", no="Non")),
        Question(
            "how",
            kind.SEVERAL,
            "Comment êtes-vous venu ?",
            aside=True,
            required=True,
            choices=_choices(foot="À pied", bus="En bus", car="En voiture"),
            shown_if=Condition("came", ("yes",)),
        ),
        Question("mood", kind.LEVEL, "La journée m’a plu.", aside=True),
        Question("views", kind.GRID, "Et dans le détail", choices=_choices(room="La salle", time="L’horaire")),
        Question("advise", kind.SCALE, "Conseilleriez-vous la journée ?", aside=True, ends=("pas du tout", "oui")),
        Question("children", kind.NUMBER, "Combien d’enfants élevez-vous ?", aside=True, lowest=0, highest=20),
        Question("first_day", kind.DAY, "Quand êtes-vous venu la première fois ?"),
        Question("town", kind.LINE, "Où habitez-vous ?"),
        Question(
            "order", kind.RANKING, "Qu’est-ce qui compte ?", choices=_choices(meet="Voir", talk="Parler", eat="Manger")
        ),
        Question("more", kind.WORDS, "Autre chose ?", use="préparer la prochaine fois"),
    )
    levels = get_standard("satisfaction-parents").levels
    made = Questionnaire("whole", 1, "Tout", "Essayer", "Tous", 4, "Essai", "CC0", levels, questions)
    check(made)
    return made


@pytest.fixture
def whole_wave(db: EncryptedDatabase, amina: Actor, whole: Questionnaire) -> int:
    """The wave of `whole`, open today."""
    new = NewWave("Tout", date(2026, 11, 16), date(2026, 11, 30), 40)
    return storage.open_wave(db, amina, whole, new, TODAY)


@pytest.fixture
def whole_url(db: EncryptedDatabase, whole_wave: int) -> str:
    """Its public address."""
    return f"/repondre/pre-demonstration/{storage.current_token(db, storage.get_wave(db, whole_wave))}"
