"""Pictures and sounds of answers: who puts them, what is kept of the file, who sees them."""

import io
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pikepdf
import pytest
from PIL import Image

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.exceptions import NotFound, Refused
from surveys import editing, own_storage, storage
from surveys.definitions import as_text, from_text, get_standard
from surveys.media.files import SIDE, read_picture, read_sound
from surveys.media.storage import get_file
from surveys.records import Choice, NewWave, Questionnaire

BASE = "/communautes/pre-demonstration/questionnaires"
TODAY = date(2026, 11, 20)
SOUND = b"ID3\x04\x00" + bytes(100)


def picture(mode: str = "RGB", size: tuple[int, int] = (900, 600), kind: str = "JPEG", **options: Any) -> bytes:
    stream = io.BytesIO()
    Image.new(mode, size, "teal").save(stream, kind, **options)
    return stream.getvalue()


@pytest.fixture
def own_id(db: EncryptedDatabase, amina: Actor, whole: Questionnaire) -> int:
    return own_storage.add_own(db, amina, whole)


def address(own_id: int, place: int = 2) -> str:
    return f"{BASE}/les-notres/{own_id}/question/how/images-et-sons/{place}"


@pytest.mark.pdf
def test_an_answer_shows_its_picture_and_says_its_words(
    browse: Any, db: EncryptedDatabase, amina: Actor, own_id: int
) -> None:
    writer, url = browse("amina"), address(own_id)
    assert "Images et sons" in writer.get(f"{BASE}/les-notres/{own_id}")
    sent = {"picture": (io.BytesIO(picture()), "bus.jpg"), "sound": (io.BytesIO(SOUND), "bus.mp3"), "language": "ar"}
    page = writer.follow(url, sent)
    assert "Image de «\u00a0En bus\u00a0»" in page
    assert "العربية" in page
    asked = own_storage.get_own(db, own_id).questionnaire
    bus = editing.get_question(asked, "how").choices[1]
    assert from_text(as_text(asked)) == asked
    assert get_file(db, bus.sound("ar")) == SOUND
    preview = writer.get(f"{BASE}/{asked.code}/apercu")
    assert bus.picture in preview
    assert "<audio" not in preview, "the sound is in another language"
    served = writer.client.get(f"{BASE}/fichiers/{bus.picture}")
    assert (served.status_code, served.mimetype) == (200, "image/jpeg")
    with Image.open(io.BytesIO(served.data)) as drawn:
        assert max(drawn.size) == SIDE
    served.close()
    wave_id = storage.open_wave(db, amina, asked, NewWave("Une", TODAY, date(2026, 11, 30)), TODAY)
    link = f"/repondre/pre-demonstration/{storage.current_token(db, storage.get_wave(db, wave_id))}"
    stranger = browse(None)
    assert f'src="{link}/{bus.picture}"' in stranger.get(link)
    with stranger.client.get(f"{link}/{bus.picture}") as shown:
        assert shown.status_code == 200
    with stranger.client.get(f"{link}/{bus.sound('ar')}", headers={"Range": "bytes=0-1"}) as part:
        assert (part.status_code, part.data, part.mimetype) == (206, b"ID", "audio/mpeg")
    for wrong in (f"{link}/autre.png", f"{link[:-1]}/{bus.picture}", f"/repondre/absente/x/{bus.picture}"):
        assert stranger.client.get(wrong).status_code == 404
    assert browse(None).client.get(f"{BASE}/fichiers/{bus.picture}").status_code == 302
    storage.close_wave(db, amina, storage.get_wave(db, wave_id), TODAY)
    assert stranger.client.get(f"{link}/{bus.picture}").status_code == 404
    specimen = writer.client.get(f"{BASE}/{asked.code}/papier").data
    with pikepdf.open(io.BytesIO(specimen)) as printed:
        assert len({each.objgen for page in printed.pages for each in page.get_images().values()}) == 1


def test_what_is_there_is_replaced_or_taken_away(browse: Any, db: EncryptedDatabase, own_id: int) -> None:
    writer, url = browse("amina"), address(own_id)
    writer.follow(url, {"sound": (io.BytesIO(SOUND), "a.mp3"), "language": "fr"})
    writer.follow(url, {"picture": (io.BytesIO(picture("RGBA", kind="PNG")), "a.png")})
    question = editing.get_question(own_storage.get_own(db, own_id).questionnaire, "how")
    assert [len(choice.files) for choice in question.choices] == [0, 2, 0]
    writer.follow(url, {"dropped": ["picture", "fr"]})
    question = editing.get_question(own_storage.get_own(db, own_id).questionnaire, "how")
    assert all(choice.files == () for choice in question.choices)


@pytest.mark.parametrize(
    ("field", "content", "name", "said"),
    [
        ("picture", b"<svg onload='alert(1)'/>", "a.svg", "pas une image PNG"),
        ("picture", b"<html><script>alert(1)</script>", "a.png", "pas une image PNG"),
        ("picture", picture()[:200], "coupee.jpg", "pas une image PNG"),
        ("picture", picture("1", (8_000, 6_000), "PNG"), "grande.png", "trop grande"),
        ("sound", b"MZ\x90\x00" + bytes(20), "son.mp3", "pas un son"),
        ("picture", b"", "", "Choisissez une image"),
    ],
)
def test_a_wrong_file_is_explained_at_its_field(
    browse: Any, db: EncryptedDatabase, own_id: int, field: str, content: bytes, name: str, said: str
) -> None:
    answer = browse("amina").send(address(own_id), {field: (io.BytesIO(content), name)})
    assert answer.status_code == 200
    assert re.search(rf'id="{field}-e">[^<]*{said}', answer.text)
    assert db.value("SELECT count(*) FROM choice_file") == 0
    assert own_storage.get_own(db, own_id).version == 1


def test_what_a_camera_or_a_forger_wrote_beside_the_points_is_gone() -> None:
    told = Image.Exif()
    told[0x010E] = "12 rue des Tilleuls"
    name, kept = read_picture(picture(exif=told) + b"<script>alert(1)</script>")
    assert b"Tilleuls" not in kept
    assert b"script" not in kept
    assert re.fullmatch(r"[0-9a-f]{32}\.jpg", name)


def test_sounds_are_told_by_their_first_bytes() -> None:
    known = {b"ID3\x03": "mp3", b"\xff\xfb\x90": "mp3", b"OggS": "ogg", b"\0\0\0\x18ftypM4A ": "m4a"}
    known[b"RIFF\0\0\0\0WAVE"] = "wav"
    for start, ending in known.items():
        assert read_sound(start + bytes(40))[0].endswith(f".{ending}")
    with pytest.raises(Refused, match="1 Mo"):
        read_sound(b"ID3" + bytes(1_000_001))


def test_two_people_at_once_conflict_and_nothing_is_kept(browse: Any, db: EncryptedDatabase, own_id: int) -> None:
    first, second = browse("amina"), browse("amina")
    old = re.findall(r'name="(version|once|csrf_token)"[^>]*value="([^"]*)"', second.get(address(own_id)))
    first.follow(address(own_id), {"sound": (io.BytesIO(SOUND), "a.mp3")})
    late = {**dict(old), "picture": (io.BytesIO(picture()), "a.jpg")}
    assert second.client.post(address(own_id), data=late).status_code == 409
    assert db.value("SELECT count(*) FROM choice_file") == 1


def test_files_are_for_those_who_run_surveys(browse: Any, db: EncryptedDatabase, amina: Actor, own_id: int) -> None:
    for persona, status in (("denis", 403), ("chloe", 404)):
        browse(persona).get(address(own_id), status)
        browse(persona).get(f"{BASE}/les-notres/{own_id}/question/how/images-et-sons", status)
    assert browse(None).client.get(address(own_id)).status_code == 302
    writer = browse("amina")
    for wrong in (address(own_id, 4), address(own_id, 0), address(own_id).replace("/how/", "/mood/"), address(99)):
        writer.get(wrong, 404)
    standard = get_standard("fin-de-cycle")
    listed = next(each for each in standard.questions if each.choices)
    locked = own_storage.add_own(db, amina, editing.taken_up(standard, "Le nôtre", "x", "y"))
    writer.get(f"{BASE}/les-notres/{locked}/question/{listed.code}/images-et-sons", 404)
    with pytest.raises(NotFound):
        get_file(db, "../secret")


def test_a_picture_makes_another_question_and_a_sound_does_not(whole: Questionnaire) -> None:
    def changed(**files: Any) -> Any:
        choice = replace(Choice("bus", "En bus"), **files)
        return editing.differences(whole, editing.change_choice(whole, "how", choice))[0]

    assert (changed(picture="a.png").details, changed(picture="a.png").comparable) == (("les images",), False)
    sound = changed(sounds=(("fr", "a.mp3"),))
    assert (sound.details, sound.comparable) == (("les sons",), True)


def test_rewording_one_answer_keeps_the_files_of_the_others(whole: Questionnaire) -> None:
    pictured = editing.change_choice(whole, "how", Choice("bus", "En bus", "a.png"))
    how = editing.get_question(pictured, "how")
    typed = replace(how, choices=(Choice("bus", "En bus"), Choice("foot", "À pied"), Choice("car", "En voiture")))
    kept = editing.get_question(editing.change(pictured, typed), "how")
    assert [choice.picture for choice in kept.choices] == ["a.png", "", ""]
