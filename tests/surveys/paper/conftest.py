"""Paper as a scanner or a telephone sees it: drawn from the layout, since nothing here turns a PDF into a picture."""

import io
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import numpy as np
import pytest
from flask import Flask, render_template
from PIL import Image, ImageDraw, ImageFilter

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.printing import print_document
from surveys.paper import storage
from surveys.paper.codes import SIDE, corner_places, squares
from surveys.paper.records import Layout, PageCode, Place, Printing
from surveys.paper.rules import check_of, layout_of
from surveys.paper.scans import count_pages
from surveys.paper.views import STYLE
from surveys.paper.work import read_batch
from surveys.records import Questionnaire
from surveys.respondent_forms import respondent_form

SCALE = 2.5
_UNIT = 96 / 25.4 * SCALE
SIZE = (round(210 * _UNIT), round(297 * _UNIT))
INK = 40


def blank_page(layout: Layout, code: PageCode) -> Image.Image:
    """The printed page: codes, outlines of boxes and frames, and grey lines where words stand."""
    page = Image.new("L", SIZE, 255)
    draw = ImageDraw.Draw(page)
    for corner, (left, top) in enumerate(corner_places()):
        rows, count = squares(code, corner)
        side = SIDE * _UNIT / count
        for y, row in enumerate(rows):
            for x, dark in enumerate(row):
                if dark:
                    spot = (left * _UNIT + x * side, top * _UNIT + y * side)
                    draw.rectangle((*spot, spot[0] + side, spot[1] + side), fill=0)
    for boxes in layout.boxes.values():
        for at in boxes.values():
            if at.page == code.page:
                draw.rectangle(_spot(at), outline=90, width=4)
                draw.text((_spot(at)[2] + 12, _spot(at)[3] - 34), "Tout va", fill=20, font_size=26)
    for at in layout.frames.values():
        if at.page == code.page:
            draw.rectangle(_spot(at), outline=90, width=4)
    return page


def tick(page: Image.Image, at: Place, how: str, chance: random.Random) -> None:
    """A mark by hand: cross, check, fill, or a faint dash."""
    draw = ImageDraw.Draw(page)
    left, top, right, bottom = _spot(at)

    def near(x: float, y: float) -> tuple[float, float]:
        return left + (right - left) * x + chance.uniform(-3, 3), top + (bottom - top) * y + chance.uniform(-3, 3)

    width = chance.randint(5, 8)
    if how == "cross":
        draw.line([near(0.1, 0.1), near(0.9, 0.9)], fill=INK, width=width)
        draw.line([near(0.9, 0.1), near(0.1, 0.9)], fill=INK, width=width)
    elif how == "check":
        draw.line([near(0.1, 0.5), near(0.4, 0.9), near(1.1, -0.1)], fill=INK, width=width)
    elif how == "fill":
        draw.rectangle((left + 3, top + 3, right - 3, bottom - 3), fill=INK)
    elif how == "dash":
        draw.line([near(0.3, 0.5), near(0.62, 0.52)], fill=INK, width=5)


def write(page: Image.Image, at: Place, words: str) -> None:
    """Words in a frame."""
    left, top, _, _ = _spot(at)
    ImageDraw.Draw(page).text((left + 30, top + 20), words, fill=INK, font_size=48)


def scanned(page: Image.Image, chance: random.Random) -> bytes:
    """A flatbed scanner: a small rotation, a small shift, noise, JPEG."""
    turned = page.rotate(chance.uniform(-3, 3), resample=Image.Resampling.BICUBIC, fillcolor=250, expand=True)
    small = turned.resize((round(turned.width * 0.8), round(turned.height * 0.8)))
    noisy = np.asarray(small, float) + np.random.default_rng(chance.randrange(10**6)).normal(0, 9, small.size[::-1])
    return _jpeg(Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8)), 60)


def photographed(page: Image.Image, chance: random.Random) -> bytes:
    """A telephone: a table around, perspective, a shadow, blur, noise, JPEG."""
    table = Image.new("L", (page.width + 500, page.height + 500), 120)
    table.paste(page, (250, 250))
    width, height = table.size

    def shift() -> float:
        return chance.uniform(0, 170)

    corners = [
        (shift(), shift()),
        (width - shift(), shift()),
        (width - shift(), height - shift()),
        (shift(), height - shift()),
    ]
    rows, values = [], []
    target = [(0, 0), (width, 0), (width, height), (0, height)]
    for (u, v), (x, y) in zip(corners, target, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    data = np.linalg.solve(np.array(rows, float), np.array(values, float)).tolist()
    seen = table.transform(table.size, Image.Transform.PERSPECTIVE, data, Image.Resampling.BILINEAR, fillcolor=120)
    seen = seen.resize((round(width * 0.85), round(height * 0.85))).filter(
        ImageFilter.GaussianBlur(chance.uniform(0.6, 1.4))
    )
    light = (
        np.linspace(1.0, chance.uniform(0.62, 0.85), seen.width)[None, :] * np.linspace(1.0, 0.9, seen.height)[:, None]
    )
    noise = np.random.default_rng(chance.randrange(10**6)).normal(0, 6, seen.size[::-1])
    return _jpeg(Image.fromarray(np.clip(np.asarray(seen, float) * light + noise, 0, 255).astype(np.uint8)), 65)


def pdf_of(pictures: list[bytes]) -> bytes:
    """A scanner's PDF: one picture a page."""
    opened = [Image.open(io.BytesIO(each)) for each in pictures]
    output = io.BytesIO()
    opened[0].save(output, "PDF", save_all=True, append_images=opened[1:])
    return output.getvalue()


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    output = io.BytesIO()
    picture.save(output, "JPEG", quality=quality)
    return output.getvalue()


def _spot(at: Place) -> tuple[float, float, float, float]:
    return at.left * SCALE, at.top * SCALE, at.right * SCALE, at.bottom * SCALE


@dataclass
class Paper:
    """What was printed for the wave of the tests, and how to fill it."""

    printing: Printing
    secret: bytes

    @property
    def layout(self) -> Layout:
        return self.printing.layout

    def code(self, copy: int, page: int) -> PageCode:
        bare = PageCode(self.printing.wave_id, 1, self.printing.id, copy, page, "")
        return PageCode(bare.wave, 1, bare.printing, copy, page, check_of(self.secret, bare, self.printing.digest))

    def fill(self, copy: int, marks: dict[str, str], chance: random.Random, how: str = "cross") -> list[Image.Image]:
        """The pages of one sheet; `marks` are values by field, joined by spaces, or words for a frame."""
        pages = [blank_page(self.layout, self.code(copy, page)) for page in range(self.layout.pages)]
        for field, said in marks.items():
            if field in self.layout.frames:
                at = self.layout.frames[field]
                write(pages[at.page], at, said)
                continue
            for value in said.split():
                at = self.layout.boxes[field][value]
                tick(pages[at.page], at, how, chance)
        return pages

    scan = staticmethod(scanned)
    photograph = staticmethod(photographed)
    pdf = staticmethod(pdf_of)
    tick = staticmethod(tick)


TODAY = date(2026, 11, 20)
BASE = "/communautes/pre-demonstration/questionnaires"


@pytest.fixture
def paper_url(whole_wave: int) -> str:
    return f"{BASE}/vagues/{whole_wave}/papier"


@pytest.fixture(scope="session")
def whole_layout(assembled: Flask, whole: Questionnaire) -> Layout:
    """Where the boxes of the questionnaire are, as it is really printed."""
    with assembled.test_request_context():
        html = render_template(
            "paper/sheet.html", form=respondent_form(whole, formdata=None), left_out=set(), asker="PRE"
        )
    printed = print_document(html, base=STYLE, moment=datetime.now(UTC))
    return layout_of(printed.pages, printed.anchors)


@pytest.fixture
def paper(db: EncryptedDatabase, amina: Actor, whole_wave: int, whole_layout: Layout) -> Paper:
    """One hundred numbered sheets."""
    printing, first = storage.add_printing(db, amina, whole_wave, "fr", whole_layout, 100)
    assert first == 1
    return Paper(replace(printing, copies=100), storage.paper_secret(db))


@pytest.fixture
def deliver(db: EncryptedDatabase, amina: Actor, whole_wave: int, paper_url: str) -> Callable[..., str]:
    """Give files as scans, have them read, and tell the address of their page."""

    def receive(**files: bytes) -> str:
        handed = [(name.replace("_", "."), content) for name, content in files.items()]
        total = sum(count_pages(content) for content in files.values())
        batch = storage.add_batch(db, amina, whole_wave, TODAY, handed, total)
        read_batch(db, batch, TODAY)
        return f"{paper_url}/numerisations/{batch}"

    return receive
