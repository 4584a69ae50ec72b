"""The delays of the follow-up: set on a page, each value kept with its day."""

from typing import Any

import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.demo import ESSONNE, PRE
from impact.pathways.setting_storage import get_setting, list_settings

PAGE = f"/communautes/{PRE}/enfants/delais"
TYPED = {"silence_days": "60", "usual_months": "24", "reading_days": "0"}


def test_new_delays_hold_from_today_and_the_old_ones_stay_written(
    browse: Any, db: EncryptedDatabase, amina: Actor
) -> None:
    browser = browse("amina")
    assert PAGE in browser.get(f"/communautes/{PRE}/enfants/listes")
    shown = browser.follow(PAGE, TYPED)
    assert "20\u00a0novembre\u00a02026" in shown
    assert "Amina Vertefeuille" in shown
    assert "Au départ" in shown
    now, before = list_settings(db)
    assert (now.silence_days, now.usual_months, now.reading_days, now.member_id) == (60, 24, 0, amina.member_id)
    assert (before.silence_days, before.usual_months, before.reading_days, before.since) == (42, 18, 30, None)


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("silence_days", "3", "entre 7 et 365"),
        ("usual_months", "un an", "entre 1 et 120"),
        ("usual_months", "", "Écrivez un nombre de mois, par exemple 18."),
        ("reading_days", "12,5", "entre 0 et 365"),
    ],
)
def test_a_wrong_delay_is_explained_at_its_field_and_kept(
    browse: Any, db: EncryptedDatabase, field: str, typed: str, message: str
) -> None:
    answer = browse("amina").send(PAGE, TYPED | {field: typed})
    assert answer.status_code == 200
    assert answer.text.count(message) == 2
    assert f'name="{field}" class="court" inputmode="decimal" autocomplete="off" value="{typed}"' in answer.text
    assert len(list_settings(db)) == 1


def test_who_started_from_older_delays_is_told_and_a_form_sent_twice_counts_once(
    browse: Any, db: EncryptedDatabase
) -> None:
    browser = browse("amina")
    page = browser.get(PAGE)
    browser.follow(PAGE, TYPED | {"once": "one-key", "version": "1"})
    browser.send(PAGE, TYPED | {"once": "one-key", "version": "1"})
    assert len(list_settings(db)) == 2
    assert 'name="version" type="hidden" value="1"' in page
    late = browser.send(PAGE, TYPED | {"silence_days": "21", "version": "1"})
    assert late.status_code == 409
    assert "60" in late.text
    assert get_setting(db).silence_days == 60


def test_only_the_coordinator_sets_them(browse: Any) -> None:
    browse("basile").get(PAGE, 403)
    browse("denis").get(PAGE, 403)
    browse("elodie").get(PAGE, 403)
    browse("amina").get(PAGE.replace(PRE, ESSONNE), 403)
    browse("chloe").get(PAGE, 404)
