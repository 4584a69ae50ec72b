"""The notice for parents, in each language: the same parts, one page, archivable and accessible."""

import io
from typing import Any

import page
import pikepdf
import pytest

from impact.demo import PRE
from impact.pathways.notice_texts import FRENCH, notices
from tests.impact.pathways.pdf import pdf_text

BASE = f"/communautes/{PRE}/enfants/fiches"


def test_every_language_has_the_parts_of_the_french_one() -> None:
    parts = {language: len(told.parts) for language, told in notices().items()}
    assert next(iter(parts)) == FRENCH
    assert set(parts) == {"fr", "en", "ar", "pt", "tr"}
    assert set(parts.values()) == {6}
    assert all(heading and text for told in notices().values() for heading, text in told.parts)
    assert [told.direction for told in notices().values() if told.language == "ar"] == ["rtl"]


@pytest.mark.pdf
@pytest.mark.parametrize("language", sorted(notices()))
def test_the_notice_prints_on_one_page_in_its_language(browse: Any, lists: None, language: str) -> None:
    answer = browse("basile").client.get(f"{BASE}/notice/{language}")
    assert answer.status_code == 200
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert len(pdf.pages) == 1
    assert "2026" in pdf_text(answer.data)
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A):
        assert page.validate_pdf_bytes(answer.data, profile=profile).failures == []


def test_a_language_nobody_wrote_is_not_found(browse: Any) -> None:
    browse("basile").get(f"{BASE}/notice/xx", 404)
    browse("denis").get(f"{BASE}/notice/en", 403)
    assert "العربية" in browse("basile").get(BASE)
