"""Handing a child over: proposed, accepted or refused, and thirty days of reading."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from impact.accounts.access import Action
from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.demo import PRE
from impact.exceptions import Conflict, NotFound, Refused
from impact.pathways import handover_storage as storage
from impact.pathways.file_storage import get_file, open_file
from impact.pathways.line_storage import list_lines
from impact.pathways.rules import may_open_line
from impact.pathways.setting_storage import change_setting, get_setting
from impact.pathways.vocabulary import Answer

TODAY = date(2026, 11, 20)
BASE = f"/communautes/{PRE}/enfants"
Child = Callable[..., int]


def test_proposed_then_accepted(
    browse: Any, db: EncryptedDatabase, amina: Actor, basile: Actor, followed: Child
) -> None:
    child = followed(referent=amina)
    coordinator, referent = browse("amina"), browse("basile")
    typed = {"referent_id": str(basile.member_id), "since": "20/11/2026"}
    wrong = coordinator.send(f"{BASE}/{child}/referent", typed | {"since": "01/01/2026"}).get_data(as_text=True)
    assert "Choisissez un jour à partir du 28/09/2026" in wrong
    assert "01/01/2026" in wrong
    coordinator.follow(f"{BASE}/{child}/referent", typed)
    assert "Transmission proposée à Basile Tournelac" in coordinator.get(f"{BASE}/{child}")
    referent.get(f"{BASE}/{child}", 404)
    asked = referent.get(f"{BASE}/{child}/transmission")
    assert "Suivre Zélie Pommerole" in asked
    assert "L’école demande un appui" not in asked
    page = referent.follow(f"{BASE}/{child}/transmission", {"accept": "1"})
    assert "Écrire une note" in page
    pathway = get_file(db, child).pathway
    assert pathway is not None
    assert pathway.referent is not None
    assert (pathway.referent.member_id, pathway.referent.since) == (basile.member_id, TODAY)
    referent.get(f"{BASE}/{child}/transmission", 404)


def test_a_refusal_says_why_and_changes_nothing(
    browse: Any, db: EncryptedDatabase, amina: Actor, basile: Actor, followed: Child
) -> None:
    child = followed(referent=amina)
    storage.propose_hand_over(db, amina, child, basile.member_id or 0, TODAY, TODAY)
    page = browse("basile").send(f"{BASE}/{child}/transmission", {"refuse": "1"}).get_data(as_text=True)
    assert "Écrivez pourquoi" in page
    browse("basile").follow(f"{BASE}/{child}/transmission", {"refuse": "1", "reason": "Déjà vingt enfants"})
    pathway = get_file(db, child).pathway
    assert pathway is not None
    assert (pathway.hand_overs[0].answer, pathway.hand_overs[0].reason) == (Answer.REFUSED, "Déjà vingt enfants")
    assert pathway.referent is not None
    assert pathway.referent.member_id == amina.member_id


def test_the_former_referent_reads_thirty_days_and_writes_no_more(
    browse: Any, db: EncryptedDatabase, amina: Actor, basile: Actor, followed: Child
) -> None:
    child = followed()
    storage.propose_hand_over(db, amina, child, amina.member_id or 0, TODAY, TODAY, agreed=True)
    page = browse("basile").get(f"{BASE}/{child}")
    assert "Zélie Pommerole" in page
    for word in ("Écrire une note", "Terminer le parcours", "Ajouter une action", "Transmettre le suivi"):
        assert word not in page
    browse("basile").get(f"{BASE}/{child}/notes/nouvelle", 404)
    for day, reads in ((30, True), (31, False)):
        (line,) = list_lines(db, TODAY + timedelta(day))
        assert may_open_line(basile, line) is reads
    change_setting(db, amina, replace(get_setting(db), reading_days=0), TODAY)
    with pytest.raises(NotFound):
        open_file(db, basile, Action.VIEW_SITUATIONS, child, TODAY + timedelta(1))
    with pytest.raises(Conflict):
        change_setting(db, amina, replace(get_setting(db), version=1), TODAY)


def test_one_proposal_at_a_time_and_its_withdrawal(
    browse: Any, db: EncryptedDatabase, amina: Actor, basile: Actor, followed: Child
) -> None:
    child = followed(referent=amina)
    storage.propose_hand_over(db, amina, child, basile.member_id or 0, TODAY, TODAY)
    with pytest.raises(Refused, match="attend déjà la réponse"):
        storage.propose_hand_over(db, amina, child, basile.member_id or 0, TODAY, TODAY)
    page = f"{BASE}/{child}/referent"
    browse("amina").follow(f"{BASE}/{child}/transmission/retirer", {}, page)
    browse("basile").get(f"{BASE}/{child}/transmission", 404)
    for persona, status in (("denis", 403), ("elodie", 403), ("chloe", 404)):
        browse(persona).get(f"{BASE}/{child}/transmission", status)
