"""Lists as pasted, codes as typed, letters, milestones, school years."""

from datetime import date

import pytest

from impact.exceptions import Refused
from surveys.definitions import get_standard
from surveys.rosters.records import Invitation, LetterText, Milestones, Person
from surveys.rosters.rules import (
    WHOLE,
    check_code,
    check_letter,
    check_milestones,
    default_letter,
    dialled,
    measures,
    person_hash,
    personal_token,
    read_families,
    read_list,
    steps_by_year,
    tells_who,
)
from surveys.rosters.vocabulary import Letter, Loss, Public, SpottedAt, Step

DAY = date(2025, 9, 5)


def test_a_list_is_read_whatever_separates_its_columns() -> None:
    text = "Prune Dupré ; prune@exemple.fr ; 06 00 00 00 01\n\nOlive\t+33 6 00 00 00 02\nNA O’Neill, o@exemple.fr"
    people = read_list(text)
    assert [(each.given_name, each.family_name, each.email, each.phone) for each in people] == [
        ("Prune", "Dupré", "prune@exemple.fr", "06 00 00 00 01"),
        ("Olive", "", "", "+33 6 00 00 00 02"),
        ("NA", "O’Neill", "o@exemple.fr", ""),
    ]


@pytest.mark.parametrize(
    ("typed", "given"),
    [
        ("+33612345678", "06 12 34 56 78"),
        ("+33 (0)6 12 34 56 78", "06 12 34 56 78"),
        ("+596696123456", "00 596696123456"),
        ("06 00 00 00 01", "06 00 00 00 01"),
    ],
)
def test_a_number_goes_to_a_sender_of_sms_without_a_plus(typed: str, given: str) -> None:
    assert dialled(typed) == given


def test_a_family_links_a_child_to_who_answers_about_her() -> None:
    (family,) = read_families("Prune Dupré ; Olive Dupré ; olive@exemple.fr ; Cèdre Martin ; cedre@exemple.fr")
    assert family.child.given_name == "Prune"
    assert [(public, who.email) for public, who in family.others] == [
        (Public.PARENT, "olive@exemple.fr"),
        (Public.TEACHER, "cedre@exemple.fr"),
    ]
    assert read_families("Prune Dupré")[0].others == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "une personne par ligne"),
        (" ; prune@exemple.fr", "il manque le nom"),
        ("Prune Dupré ; prune(at)exemple", "Ligne 1"),
        ("Prune\nOlive ; a@b.fr ; c@d.fr", "Ligne 2"),
        ("\n".join(["Prune"] * 501), "500 lignes"),
    ],
)
def test_a_wrong_list_names_its_line(text: str, words: str) -> None:
    with pytest.raises(Refused, match=words) as refusal:
        read_list(text)
    assert refusal.value.field == "lines"


def test_a_family_with_too_many_columns_is_refused() -> None:
    with pytest.raises(Refused, match="cinq colonnes"):
        read_families("a;b;c@d.fr;e;f@g.fr;h")


def test_the_code_is_the_same_however_it_is_typed() -> None:
    assert check_code("Élodie", "7", "Saint-Denis") == check_code("elo", "07", "SA") == "el07sa"


@pytest.mark.parametrize(("parts", "field"), [(("É", "7", "Sa"), "code_mother"), (("El", "32", "Sa"), "code_day"),
                                              (("El", "٣", "Sa"), "code_day"), (("El", "3", "75"), "code_town")])  # fmt: skip
def test_a_wrong_part_of_the_code_is_named(parts: tuple[str, str, str], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_code(*parts)
    assert refusal.value.field == field


def test_links_and_hashes_need_the_key() -> None:
    tokens = {personal_token(secret, 1, serial) for secret in (b"a", b"b") for serial in (1, 2)}
    assert len(tokens) == 4
    assert {len(token) for token in tokens} == {32}
    assert person_hash(b"a", 1, "code:el07sa") != person_hash(b"b", 1, "code:el07sa")
    assert person_hash(b"a", 1, "code:el07sa") != person_hash(b"a", 2, "code:el07sa")


def test_proposed_letters_are_right_and_a_letter_needs_its_link() -> None:
    for kind in Letter:
        check_letter(default_letter(kind))
    with pytest.raises(Refused, match="Le lien manque"):
        check_letter(LetterText(Letter.INVITATION, "o", "bonjour", "{lien}"))
    with pytest.raises(Refused, match="n’existe pas"):
        check_letter(LetterText(Letter.INVITATION, "o", "{lien} {0.__class__}", "{lien}"))


def test_who_answered_is_told_from_five_answers_on() -> None:
    assert [tells_who(n, False) for n in (4, 5)] == [False, True]
    assert tells_who(1, True)


@pytest.mark.parametrize(
    ("days", "field"),
    [
        (Milestones(DAY, date(2025, 9, 4)), "started_on"),
        (Milestones(DAY, None, date(2025, 9, 6)), "completed_on"),
        (Milestones(DAY, lost_on=date(2025, 9, 4), loss=Loss.MOVED), "lost_on"),
        (Milestones(DAY, lost_on=DAY), "loss"),
        (Milestones(DAY, loss=Loss.MOVED), "lost_on"),
    ],
)
def test_days_follow_each_other(days: Milestones, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_milestones(days)
    assert refusal.value.field == field


def _person(spotted: date, started: date | None, completed: date | None, lost: date | None) -> Person:
    return Person(1, 1, 1, "", "", spotted, SpottedAt.SCHOOL, started, completed, lost, Loss.MOVED if lost else None, 1)


def test_a_programme_is_counted_by_school_year() -> None:
    """Three young people spotted in 2024-2025: one completes that year, one starts the next, one is lost unstarted."""
    people = [
        _person(date(2024, 10, 1), date(2024, 11, 4), date(2025, 2, 14), None),
        _person(date(2024, 10, 1), date(2025, 9, 8), None, None),
        _person(date(2025, 5, 2), None, None, date(2025, 6, 2)),
    ]
    years = steps_by_year(people, date(2026, 1, 5))
    assert [(period.code, reached, followed) for period, reached, followed in years] == [
        ("2024-2025", {Step.SPOTTED: 3, Step.STARTED: 1, Step.COMPLETED: 1, Step.LOST: 1}, 1),
        ("2025-2026", {Step.SPOTTED: 0, Step.STARTED: 1, Step.COMPLETED: 0, Step.LOST: 0}, 2),
    ]
    assert steps_by_year([], date(2026, 1, 5)) == []


def test_an_outcome_is_the_scale_a_dimension_or_an_item() -> None:
    found = measures(get_standard("bien-etre-enfant"))
    assert found[0][0] == WHOLE
    assert len(found) > 20


def test_an_invitation_waits_until_it_served_or_was_revoked() -> None:
    def made(answered: bool, revoked: bool) -> Invitation:
        return Invitation(1, 1, Public.PARENT, 1, None, 1, answered, revoked, None, None, 0)

    assert [made(*each).waits for each in ((False, False), (True, False), (False, True))] == [True, False, False]
