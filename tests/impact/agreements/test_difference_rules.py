"""Two versions word by word, and the meter of rewriting, by examples and by properties."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from impact.agreements.difference_rules import (
    MANY_DAYS,
    MANY_VERSIONS,
    compare,
    compare_texts,
    count_words,
    measure,
    restless_articles,
    share_changed,
    words_changed,
)
from impact.agreements.records import Edition, Paragraph, Piece
from impact.agreements.vocabulary import EditionState, Readiness

DAY = date(2026, 1, 5)
TEXTS = st.text(alphabet="abé’ .\n«»1", max_size=60)
PARAGRAPHS = st.lists(TEXTS, max_size=6).map(
    lambda bodies: [Paragraph(number, number, f"Titre {number}", body) for number, body in enumerate(bodies)]
)


def version(*bodies: str) -> list[Paragraph]:
    return [Paragraph(number, number, f"Article {number}", body) for number, body in enumerate(bodies, start=1)]


def edition(number: int, state: EditionState = EditionState.KEPT, started_on: date = DAY) -> Edition:
    return Edition(number, 1, number, state, started_on, None)


def test_words_are_letters_and_digits() -> None:
    assert count_words("L’école, à 8 h.") == 5
    assert count_words(" … ! ") == 0


def test_a_comparison_marks_what_left_and_what_came() -> None:
    assert compare_texts("Le silence vaut accord.", "Le silence ne vaut rien.") == (
        Piece("same", "Le silence "),
        Piece("added", "ne "),
        Piece("same", "vaut "),
        Piece("removed", "accord"),
        Piece("added", "rien"),
        Piece("same", "."),
    )
    assert compare_texts("", "") == ()
    assert compare_texts("mot", "") == (Piece("removed", "mot"),)


@given(TEXTS, TEXTS)
def test_a_comparison_gives_both_texts_back(old: str, new: str) -> None:
    pieces = compare_texts(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == new
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == old
    assert all(piece.text for piece in pieces)


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert {piece.kind for piece in compare_texts(text, text)} <= {"same"}


@given(PARAGRAPHS, PARAGRAPHS)
def test_changes_are_the_same_both_ways_and_never_more_than_all_words(
    old: list[Paragraph], new: list[Paragraph]
) -> None:
    total = sum(count_words(each.heading) + count_words(each.body) for each in (*old, *new))
    assert 0 <= words_changed(old, new) <= total
    assert 0 <= share_changed(old, new) <= 1
    assert words_changed(old, old) == 0
    assert words_changed([], new) == sum(count_words(each.heading) + count_words(each.body) for each in new)


@given(PARAGRAPHS, st.randoms(use_true_random=False))
def test_an_article_that_moves_changes_no_word(paragraphs: list[Paragraph], chance: object) -> None:
    moved = list(paragraphs)
    chance.shuffle(moved)  # type: ignore[attr-defined]
    assert words_changed(paragraphs, moved) == 0


def test_articles_come_in_the_order_of_the_new_version_removed_ones_last() -> None:
    old = version("un", "deux", "trois")
    new = [old[2], replace(old[0], body="un de plus"), Paragraph(9, 3, "Neuf", "neuf mots")]
    found = compare(old, new)
    assert [each.article_id for each in found] == [3, 1, 9, 2]
    assert [each.is_change for each in found] == [False, True, True, True]
    assert (found[1].added, found[1].removed) == (2, 0)
    assert found[2].old is None
    assert found[3].new is None
    assert found[3].removed == 3


def test_the_meter_counts_versions_words_and_days() -> None:
    versions = [version("un deux trois"), version("un deux quatre"), version("un deux quatre cinq")]
    found = measure([(edition(n), texts) for n, texts in enumerate(versions, 1)], DAY + timedelta(days=40))
    assert (found.versions, found.words, found.days) == (3, 3, 40)
    assert found.last_change == 1 / 11


def test_a_text_without_words_has_nothing_to_vote() -> None:
    assert measure([], DAY).readiness is Readiness.EMPTY
    found = measure([(edition(1, EditionState.DRAFT), [])], DAY)
    assert (found.readiness, found.versions, found.words, found.days, found.last_change) == (
        Readiness.EMPTY,
        1,
        0,
        0,
        None,
    )


LONG = "mot " * 100


def history(count: int, *, last: str = LONG) -> list[tuple[Edition, list[Paragraph]]]:
    bodies = [f"{LONG} {number}" for number in range(1, count)] + [last]
    return [(edition(number), version(body)) for number, body in enumerate(bodies, start=1)]


def test_from_the_third_version_a_text_that_hardly_moves_is_ready() -> None:
    assert measure(history(2), DAY).readiness is Readiness.EARLY
    assert measure(history(3), DAY).readiness is Readiness.SETTLING
    assert measure(history(3, last="tout autre chose " * 40), DAY).readiness is Readiness.EARLY


def test_a_text_being_voted_waits_for_its_result() -> None:
    voting = history(3)
    voting[-1] = (replace(voting[-1][0], state=EditionState.VOTING), voting[-1][1])
    assert measure(voting, DAY + timedelta(days=900)).readiness is Readiness.VOTING


def test_many_versions_or_many_days_are_rewriting_without_end() -> None:
    assert measure(history(MANY_VERSIONS, last="tout autre chose"), DAY).readiness is Readiness.ENDLESS
    assert measure(history(1), DAY + timedelta(days=MANY_DAYS - 1)).readiness is Readiness.EARLY
    assert measure(history(1), DAY + timedelta(days=MANY_DAYS)).readiness is Readiness.ENDLESS


def test_an_adopted_text_is_settled_and_its_revision_starts_afresh() -> None:
    old = history(MANY_VERSIONS)
    adopted = replace(old[-1][0], state=EditionState.ADOPTED, settled_on=DAY + timedelta(days=20))
    old[-1] = (adopted, old[-1][1])
    long_after = DAY + timedelta(days=900)
    found = measure(old, long_after)
    assert (found.readiness, found.days) == (Readiness.SETTLED, 20)
    revision = (edition(MANY_VERSIONS + 1, EditionState.DRAFT, long_after), version(f"{LONG} revu"))
    assert measure([*old, revision], long_after).readiness is Readiness.EARLY
    assert measure([*old, revision], long_after + timedelta(days=MANY_DAYS)).readiness is Readiness.ENDLESS


def test_an_article_rewritten_at_each_version_is_told() -> None:
    versions = [version("un", "deux", "trois"), version("un bis", "deux", "3"), version("un ter", "deux bis", "3")]
    assert restless_articles(versions) == (1,)
    assert restless_articles(versions[:2]) == ()
    assert restless_articles([*versions, versions[-1]]) == ()


@given(st.lists(PARAGRAPHS, min_size=1, max_size=5), st.integers(0, 400))
def test_the_meter_never_counts_backwards(versions: list[list[Paragraph]], days: int) -> None:
    made = [(edition(number), texts) for number, texts in enumerate(versions, start=1)]
    found = measure(made, DAY + timedelta(days=days))
    longer = measure([*made, (edition(len(made) + 1), versions[0])], DAY + timedelta(days=days))
    assert longer.words >= found.words >= 0
    assert (found.versions, found.days) == (len(versions), days)
