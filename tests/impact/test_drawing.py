"""Drawings: measured labels, presentation attributes only, fonts that have every sign of French."""

import re
import xml.etree.ElementTree as ElementTree

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from impact.drawing import FONTS, PHONE, PRINT, SCREEN, UNKNOWN_SIGN, Drawing, Size, printable, text_width, wrap

NEEDED = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    "àâäæçéèêëîïôöœùûüÿÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸãõáíóúñÃÕÁÍÓÚğışöçĞİŞÖÇɓɗ"
    "\u202f\u00a0−+±≥≤≈≠<>=→←↑↓✓⚠…–—«»’“”€%‰°²³№§"
)


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_fonts_have_every_sign_of_french_and_of_our_languages(weight: str) -> None:
    with TTFont(FONTS / f"NotoSans-{weight}.ttf") as font:
        known = font.getBestCmap()
    assert [sign for sign in NEEDED if ord(sign) not in known] == []


def test_fonts_travel_with_their_licence() -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text(encoding="utf-8")


def test_digits_and_minus_line_up() -> None:
    assert text_width("−", 10) == text_width("+", 10)
    assert len({text_width(digit, 10) for digit in "0123456789"}) == 1
    assert text_width("mm", 10, bold=True) > text_width("mm", 10)


def test_missing_sign_is_refused_when_measured_and_replaced_when_typed_by_a_person() -> None:
    with pytest.raises(ValueError, match="absents"):
        text_width("une note 𝄞", 8)
    assert printable("une\nnote 𝄞\x07 : « oui »") == f"une note {UNKNOWN_SIGN}\u00a0: «\u00a0oui\u00a0»"


def test_label_outside_the_drawing_is_refused() -> None:
    drawing = Drawing("Essai", 20, Size(50))
    for x, y, anchor in ((40, 10, "start"), (5, 10, "end"), (2, 3, "start"), (2, 30, "start")):
        with pytest.raises(ValueError, match="hors du dessin"):
            drawing.text(x, y, "libellé", anchor=anchor)


def test_label_over_another_is_refused() -> None:
    drawing = Drawing("Essai", 40)
    drawing.text(10, 20, "premier")
    with pytest.raises(ValueError, match="superposés"):
        drawing.text(12, 22, "second")
    drawing.text(10, 30.5, "au-dessous")


def test_title_comes_first_and_attributes_are_presentation_only() -> None:
    drawing = Drawing("Âge & « situation »", 40, SCREEN)
    drawing.rect(0, 0, 10, 10, "#0b5cad", stroke="#1b2430", stroke_width=0.75)
    drawing.rect(0, 0, 0, 10, "#0b5cad")
    drawing.path("M0 0L5 5", stroke="#1b2430")
    drawing.circle(5, 5, 2, "#ffffff")
    drawing.line(0, 0, 10, 10)
    drawing.text(20, 20, "< 5", bold=True, anchor="middle")
    root = ElementTree.fromstring(drawing.svg())
    assert root[0].tag.endswith("title")
    assert root[0].text == "Âge & «\u00a0situation\u00a0»"
    assert [each.tag.rpartition("}")[2] for each in root[1:]] == ["rect", "path", "circle", "line", "text"]
    names = {name for each in root.iter() for name in each.attrib}
    assert not names & {"style", "id"}
    with pytest.raises(ValueError, match="refusés"):
        drawing.rect(0, 0, 1, 1, "#000000", style="fill:red")


def test_size_says_where_the_drawing_is_read() -> None:
    assert 'width="482pt" height="10pt"' in Drawing("Essai", 10, PRINT).svg()
    phone = Drawing("Essai", 10, PHONE).svg()
    assert re.search(r'class="tel" viewBox="0 0 208 10" width="332.8" height="16"', phone)


def test_link_holds_its_words() -> None:
    drawing = Drawing("Carte", 40, role="group")
    with drawing.link("#fiche-a1", "Activités : Médiation"):
        drawing.text(10, 20, "Médiation")
    link = ElementTree.fromstring(drawing.svg()).find("{http://www.w3.org/2000/svg}a")
    assert link is not None
    assert link.attrib == {"href": "#fiche-a1", "aria-label": "Activités\u00a0: Médiation"}
    assert "".join(link.itertext()) == "Médiation "


@given(st.text(max_size=200), st.floats(20, 200), st.sampled_from([0, 1, 2, 3]))
def test_wrapping_keeps_every_line_inside(text: str, width: float, most: int) -> None:
    lines = wrap(text, 8, width, most=most)
    assert all(text_width(line, 8) <= width for line in lines)
    assert not most or len(lines) <= most
    if not most:
        assert "".join(lines).replace(" ", "") == printable(text).replace(" ", "")
