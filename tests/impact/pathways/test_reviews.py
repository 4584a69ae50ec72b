"""Reviews by domain: the previous score beside the new one, reasons, what the agreement covers, frames without names."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from impact.accounts.access import FieldClass
from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.demo import PRE
from impact.exceptions import Refused
from impact.pathways.file_storage import get_file
from impact.pathways.frame_storage import domain_frame
from impact.pathways.records import DomainReview, DomainScore
from impact.pathways.review_storage import add_review, list_reviews
from impact.pathways.storage import present_situation, withdraw_consent

TODAY = date(2026, 11, 20)
BASE = f"/communautes/{PRE}/enfants"
Child = Callable[..., int]
REVIEW = {
    "reviewed_on": "20/10/2026",
    "review_on": "20/01/2027",
    "score_school": "2",
    "reason_school": "Lit avec beaucoup d’aide.",
    "score_sport": "3",
    "reason_sport": "Vient un mercredi sur deux.",
}


def test_two_reviews_show_the_previous_score_beside_the_new_one(
    browse: Any, db: EncryptedDatabase, followed: Child
) -> None:
    child = followed()
    basile, url = browse("basile"), f"{BASE}/{child}/bilan-par-domaine"
    page = basile.get(url)
    assert "Premier bilan de ce domaine." in page
    assert "Santé" not in page.replace("Rien sur la santé", "")
    assert "Lit avec beaucoup d’aide." in basile.follow(url, REVIEW)
    page = basile.get(url)
    assert "Le 20/10/2026" in page.replace("\u00a0", " ")
    assert "en difficulté" in page
    basile.follow(url, REVIEW | {"reviewed_on": "20/11/2026", "score_school": "4", "reason_school": "Lit seul."})
    reviews = list_reviews(db, get_file(db, child), frozenset(FieldClass))
    assert [review.score_of("school").score for review in reviews] == [2, 4]  # type: ignore[union-attr]
    assert get_file(db, child).pathway.review_on == date(2027, 1, 20)  # type: ignore[union-attr]
    frame = domain_frame(db)
    assert list(frame.columns) == ["pathway_id", "domain", "reviewed_on", "score"]
    assert len(frame) == 4


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"reviewed_on": ""}, "Écrivez le jour du bilan."),
        ({"reviewed_on": "27/09/2026"}, "le bilan vient après"),
        ({"reviewed_on": "21/11/2026"}, "à venir"),
        ({"review_on": "20/10/2026"}, "Le prochain bilan vient après"),
        ({"score_school": "6"}, "Choisissez une réponse de la liste."),
        ({"reason_school": ""}, "Écrivez ce qui fait choisir cette note."),
        ({"score_school": ""}, "Choisissez une note, ou effacez"),
    ],
)
def test_a_wrong_review_is_explained_and_kept(
    browse: Any, db: EncryptedDatabase, followed: Child, changes: dict[str, str], message: str
) -> None:
    child = followed()
    answer = browse("basile").send(f"{BASE}/{child}/bilan-par-domaine", REVIEW | changes)
    assert answer.status_code == 200
    assert answer.text.count(message) == 2
    assert "Vient un mercredi sur deux." in answer.text
    assert db.value("SELECT count(*) FROM domain_review") == 0


def test_an_empty_review_a_second_one_of_a_day_and_one_without_agreement_are_refused(
    browse: Any, db: EncryptedDatabase, followed: Child, amina: Actor
) -> None:
    child = followed()
    basile, url = browse("basile"), f"{BASE}/{child}/bilan-par-domaine"
    assert "Donnez au moins une note" in basile.send(url, {"reviewed_on": "20/10/2026"}).text
    sent = REVIEW | {"once": "cle"}
    assert [basile.send(url, sent).status_code for _ in range(2)] == [303, 303]
    assert db.value("SELECT count(*) FROM domain_review") == 1
    assert "Un bilan existe" in basile.send(url, REVIEW).text
    withdraw_consent(db, amina, child, TODAY, TODAY)
    assert "Aucun bilan ne peut être écrit" in basile.get(url)
    review = DomainReview(TODAY, (DomainScore("school", 3, "Vu"),))
    with pytest.raises(Refused):
        add_review(db, amina, child, review, None, TODAY)


def test_health_is_covered_by_its_own_agreement_sealed_and_hidden_from_partners(
    browse: Any, db: EncryptedDatabase, followed: Child, amina: Actor, basile: Actor, partner: Actor
) -> None:
    plain = followed("Rose", "Lilas")
    review = DomainReview(TODAY, (DomainScore("health", 3, "CANARI-SANTE"), DomainScore("sport", 2, "CANARI-SPORT")))
    with pytest.raises(Refused):
        add_review(db, basile, plain, review, None, TODAY)
    child = followed(scope=tuple(FieldClass)[1:])
    add_review(db, basile, child, review, None, TODAY)
    assert db.value("SELECT reason FROM domain_score WHERE domain = 'health'") == ""
    assert "CANARI-SANTE" in browse("basile").get(f"{BASE}/{child}")
    present_situation(db, amina, child, TODAY)
    page = browse("denis").get(f"{BASE}/{child}")
    assert "CANARI-SPORT" in page
    assert "CANARI-SANTE" not in page
    for persona, status in (("denis", 403), ("elodie", 403), ("chloe", 404)):
        browse(persona).get(f"{BASE}/{child}/bilan-par-domaine", status)
    other = followed("Lou", "Saulaie", amina)
    browse("basile").get(f"{BASE}/{other}/bilan-par-domaine", 404)
