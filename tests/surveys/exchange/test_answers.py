"""Answers from Kobo, LimeSurvey and REDCap, from the file to the wave; pages and commands of exchanges."""

import io
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

import app as assembly
from impact.db import EncryptedDatabase
from impact.instance import Instance
from impact.sheets.reading import _read
from surveys import own_storage, storage
from surveys.definitions import get_standard
from surveys.exchange.answers_in import Reading, read_answers, read_first_sheet
from surveys.exchange.xlsform_out import to_xlsform
from surveys.records import Questionnaire

BASE = "/communautes/pre-demonstration/questionnaires"
KOBO = """start;Partie/came;Partie/how;Partie/how/foot;Partie/how/bus;mood;views/views.room;advise;children;first_day;order;more;_uuid
2026-11-20T10:00;yes;foot bus;1;1;4;2;10;3;2026-09-01;talk meet eat;Merci;a-1
2026-11-20T10:01;Oui;;;;5;;;;;;;a-2
2026-11-20T10:02;peut-être;;;;5;;;;;;;a-3
2026-11-20T10:03;yes;;;;6;;;;;;;a-4
2026-11-20T10:04;;;;;;;;;;;;a-5
"""
REDCAP = """record_id,came,how___foot,how___bus,how___car,mood,views_room,advise,order_meet,order_talk,questionnaire_complete
1,yes,1,0,1,4,2,7,2,1,2
2,no,0,0,0,refused,,,,,2
"""
LIMESURVEY = """id\tsubmitdate\tÊtes-vous venu ?\tComment êtes-vous venu ? [À pied]\tLa journée m’a plu.\tCouleur
7\t2026-11-20\tOui\tOui\tPlutôt d’accord\tbleu
"""


def read(whole: Questionnaire, text: str, encoding: str = "utf-8") -> Reading:
    return read_answers(whole, 1, _read(text.encode(encoding))[0][1])


def test_a_kobo_export_is_read_by_codes_and_words(whole: Questionnaire) -> None:
    reading = read(whole, KOBO)
    first, second = reading.entries
    assert first.typed == {
        "came": "yes",
        "how": "foot bus",
        "mood": "4",
        "views.room": "2",
        "advise": "10",
        "children": "3",
        "first_day": "2026-09-01",
        "order.talk": "1",
        "order.meet": "2",
        "order.eat": "3",
        "more": "Merci",
    }
    assert second.typed == {"came": "yes", "mood": "5"}
    assert [each.line for each in reading.refused] == [4, 5, 6]
    assert "« peut-être » n’est aucune des réponses" in reading.refused[0].message
    assert reading.ignored == ()


def test_a_redcap_export_joins_its_check_boxes(whole: Questionnaire) -> None:
    first, second = read(whole, REDCAP).entries
    assert first.typed["how"] == "foot car"
    assert (first.typed["order.meet"], first.typed["order.talk"]) == ("2", "1")
    assert second.typed == {"came": "no", "mood": "refused"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_limesurvey_export_in_words_is_read(whole: Questionnaire, encoding: str) -> None:
    reading = read(whole, LIMESURVEY, encoding)
    assert reading.entries[0].typed == {"came": "yes", "how": "foot", "mood": "4"}
    assert reading.ignored == ("Couleur",)


LIMESURVEY_CODES = """id;token;came. Êtes-vous venu ?;how[foot]. Comment ? [À pied];how[bus]. Comment ? [Bus];views[room];mood;order[1];order[2];order[3]
1;t-1;yes;Y;N;A4;AO02;eat;meet;talk
"""
REPEATED = """record_id,redcap_event_name,redcap_repeat_instance,came
1,debut_arm_1,,yes
1,fin_arm_1,,no
1,fin_arm_1,2,no
1,fin_arm_1,2,yes
"""


def test_a_limesurvey_export_in_codes_is_read(whole: Questionnaire) -> None:
    reading = read(whole, LIMESURVEY_CODES)
    assert reading.refused == ()
    assert reading.entries[0].typed == {
        "came": "yes",
        "how": "foot",
        "views.room": "4",
        "mood": "2",
        "order.eat": "1",
        "order.meet": "2",
        "order.talk": "3",
    }
    assert reading.ignored == ()


def test_a_person_who_answers_several_times_counts_each_time_and_never_twice(whole: Questionnaire) -> None:
    reading = read(whole, REPEATED)
    assert [entry.line for entry in reading.entries] == [2, 3, 4]
    assert [(each.line, each.message) for each in reading.refused] == [
        (5, "cette ligne porte le même numéro que la ligne 4.")
    ]
    assert len({entry.key for entry in reading.entries}) == 3


def test_sheets_after_the_first_are_told(whole: Questionnaire) -> None:
    rows = _read(KOBO.encode())[0][1]
    reading = read_first_sheet(whole, 1, [("réponses", rows), ("enfants", rows)])
    assert [each.message for each in reading.doubtful] == [
        "La feuille « enfants » n’est pas lue : seule la première l’est."
    ]
    assert reading.entries == read_answers(whole, 1, rows).entries


def test_answers_wait_for_a_person_and_are_stored_once(browse: Any, db: EncryptedDatabase, whole_wave: int) -> None:
    amina, url = browse("amina"), f"{BASE}/vagues/{whole_wave}/importer"
    for expected in ("Réponses ajoutées\u00a0: 2", "Réponses ajoutées\u00a0: 0. Déjà là\u00a0: 2"):
        answer = amina.send(url, {"file": (io.BytesIO(KOBO.encode()), "kobo.csv")})
        page = amina.get(answer.headers["Location"])
        assert "2\u00a0lignes comprises, 3\u00a0lignes refusées" in page.replace("\u202f", "\u00a0")
        assert expected in amina.follow(answer.headers["Location"], {})
    assert storage.get_wave(db, whole_wave).responses == 2
    assert db.value("SELECT count(*) FROM answer_import") == 0


def test_what_is_given_up_is_forgotten(browse: Any, db: EncryptedDatabase, whole_wave: int) -> None:
    amina, url = browse("amina"), f"{BASE}/vagues/{whole_wave}/importer"
    staged = amina.send(url, {"file": (io.BytesIO(KOBO.encode()), "k.csv")}).headers["Location"]
    amina.follow(f"{staged}/abandonner", {}, staged)
    assert db.value("SELECT count(*) FROM answer_import") == 0
    assert storage.get_wave(db, whole_wave).responses == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "vide"),
        (b"a;b\n1;2\n", "Aucune colonne"),
        (b"PK\x03\x04 broken", "pas un tableau lisible"),
        (None, "Choisissez"),
    ],
)
def test_a_wrong_file_is_explained(
    browse: Any, db: EncryptedDatabase, whole_wave: int, content: bytes | None, said: str
) -> None:
    sent = {} if content is None else {"file": (io.BytesIO(content), "a.csv")}
    answer = browse("amina").send(f"{BASE}/vagues/{whole_wave}/importer", sent)
    assert answer.status_code == 200
    assert said in answer.text
    assert db.value("SELECT count(*) FROM answer_import") == 0


def test_a_questionnaire_leaves_and_comes_back_by_the_pages(browse: Any, db: EncryptedDatabase) -> None:
    amina = browse("amina")
    assert "Tout y est" in amina.get(f"{BASE}/satisfaction-parents/echanger")
    form = amina.client.get(f"{BASE}/satisfaction-parents/echanger/xlsform").data
    assert amina.client.get(f"{BASE}/satisfaction-parents/echanger/redcap").data.startswith(b"\xef\xbb\xbfVariable")
    shown = amina.send(f"{BASE}/importer", {"file": (io.BytesIO(form), "f.xlsx")})
    assert "On m’accueille bien." in shown.text
    assert own_storage.list_own(db) == []
    hidden = dict(re.findall(r'<input[^>]*type="hidden"[^>]*name="([^"]+)" value="([^"]*)"', shown.text))
    hidden |= {
        name: unescape(value) for name, value in re.findall(r'name="(\w+)" type="hidden" value="([^"]*)"', shown.text)
    }
    kept = {name: unescape(value) for name, value in hidden.items()}
    wrong = amina.client.post(f"{BASE}/importer/garder", data={**kept, "title": "", "purpose": "x", "public": "y"})
    assert "Donnez un titre" in wrong.text
    answer = amina.client.post(
        f"{BASE}/importer/garder", data={**kept, "title": "Repris", "purpose": "x", "public": "y"}
    )
    assert answer.status_code == 303
    stored = own_storage.list_own(db)[0].questionnaire
    assert (stored.title, stored.questions) == ("Repris", get_standard("satisfaction-parents").questions)
    broken = amina.client.post(f"{BASE}/importer/garder", data={**kept, "definition": '{"levels": 1}', "title": "R"})
    assert broken.status_code == 404


def test_exchanges_are_for_those_who_run_surveys(browse: Any, whole_wave: int) -> None:
    for persona, status in (("denis", 403), ("chloe", 404)):
        browse(persona).get(f"{BASE}/importer", status)
        browse(persona).get(f"{BASE}/vagues/{whole_wave}/importer", status)
    browse("amina").get(f"{BASE}/vagues/{whole_wave}/importer/99", 404)
    assert browse(None).client.get(f"{BASE}/importer").status_code == 302


def test_the_command_tries_then_imports(
    place: Instance, db: EncryptedDatabase, whole_wave: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form, answers = tmp_path / "f.xlsx", tmp_path / "a.csv"
    form.write_bytes(to_xlsform(get_standard("satisfaction-parents")))
    answers.write_text(KOBO, "utf-8")
    common = ["--community", "pre-demonstration", "--instance", str(place.root)]
    assert assembly.main(["import", "questionnaire", str(form), *common, "--dry-run"]) == 0
    assert own_storage.list_own(db) == []
    assert assembly.main(["import", "questionnaire", str(form), *common]) == 0
    assert own_storage.list_own(db)[0].questionnaire.title == "Votre avis sur l’accompagnement"
    assert assembly.main(["import", "answers", str(answers), *common]) == 2
    wave = ["--wave", str(whole_wave)]
    assert assembly.main(["import", "answers", str(answers), *common, *wave, "--dry-run"]) == 1
    assert storage.get_wave(db, whole_wave).responses == 0
    assert assembly.main(["import", "answers", str(answers), *common, *wave]) == 1
    assert storage.get_wave(db, whole_wave).responses == 2
    told = capsys.readouterr().out
    assert "ligne 4" in told
    assert "Rien n’est écrit" in told
