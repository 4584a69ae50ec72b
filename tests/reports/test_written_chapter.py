"""What people wrote, in the printed report: themes counted again from the readings, quotes that were released, no other."""

import html
import re
from collections import Counter

import pytest

from impact.audit import Actor
from impact.communities.storage import get_community
from impact.db import EncryptedDatabase
from impact.periods import school_year
from impact.vocabulary import Audience
from impact.wording import french
from reports.composition.compose import compose
from reports.composition.context import Context
from reports.data import load
from reports.issuing import render
from reports.writing import published_estimates
from surveys import demo
from surveys.coding.demo import fill
from surveys.coding.storage import released_quotes
from tests.conftest import TODAY

YEAR, LEAST = school_year(2025), 5


@pytest.fixture
def printed(db: EncryptedDatabase, amina: Actor) -> str:
    demo.fill(db, amina, TODAY)
    fill(db)
    community = get_community(db)
    rows = published_estimates(db, load(db, YEAR), YEAR, community.kind, Audience.FUNDER)
    context = Context(
        community.name,
        community.territory,
        community.kind,
        YEAR,
        Audience.FUNDER,
        TODAY,
        "essai",
        quotes=released_quotes(db, YEAR),
    )
    return html.unescape(render(compose(context, rows)))


def _people_of_themes(db: EncryptedDatabase) -> Counter[str]:
    """Settled together, or put by both readers."""
    put: dict[int, dict[int, set[str]]] = {}
    for response, reader, label in db.execute(
        "SELECT response_id, reader, label FROM answer_reading LEFT JOIN answer_reading_theme ON reading_id = answer_reading.id"
        " LEFT JOIN answer_theme ON answer_theme.id = theme_id"
    ):
        put.setdefault(response, {}).setdefault(reader, set()).add(label)
    kept = [readers[0] if 0 in readers else set.intersection(*readers.values()) for readers in put.values()]
    return Counter(label for labels in kept for label in labels if label)


def test_a_theme_of_five_people_is_told_and_a_smaller_one_is_not(db: EncryptedDatabase, printed: str) -> None:
    people = _people_of_themes(db)
    told = {label for label, count in people.items() if count >= LEAST}
    assert told
    assert set(people) - told
    (figure,) = [part for part in printed.split("<figure>")[1:] if "Ce qui revient le plus" in part]
    figure = figure.split("</figure>")[0]
    for label in told:
        assert french(label) in figure
    [question] = re.findall(r'fig-sous">«\s(.*?)\s» Parmi', figure)
    assert figure.count(question) == 1
    for label in set(people) - told:
        assert f">{french(label)}<" not in figure


def test_quotes_are_those_that_were_released_and_no_other_word_leaves(db: EncryptedDatabase, printed: str) -> None:
    released = [row[0] for row in db.execute("SELECT words FROM released_quote")]
    assert len(released) == 2
    for words in released:
        assert french(words.rstrip(".")) in printed
    everything = {row[0] for row in db.execute("SELECT words FROM answer WHERE words IS NOT NULL")}
    text = re.sub(r"\s+", " ", printed.replace("\u202f", " ").replace("\u00a0", " "))
    for words in everything - set(released):
        assert words.rstrip(".") not in text
