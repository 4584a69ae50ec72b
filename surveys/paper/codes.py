"""The codes in the corners of a sheet: what they say, and how they are drawn over a printed page."""

import io
import re
from collections.abc import Iterator, Sequence

import pikepdf
import segno

from surveys.paper.records import PageCode

# Millimetres: side of a code, distance from the edges of an A4 page.
SIDE, EDGE = 15.0, 8.0
WIDTH, HEIGHT = 210.0, 297.0
CORNERS = 4
_MARK = "IC1"
_POINTS = 72 / 25.4
_CODE = re.compile(rf"{_MARK}((?:/\d{{1,9}}){{5}})/([0-3])/([A-Z2-7]{{6}})", re.ASCII)


def corner_places() -> list[tuple[float, float]]:
    """Left and top of each code, in millimetres: top left, top right, bottom left, bottom right."""
    right, low = WIDTH - EDGE - SIDE, HEIGHT - EDGE - SIDE
    return [(EDGE, EDGE), (right, EDGE), (EDGE, low), (right, low)]


def code_text(code: PageCode, corner: int) -> str:
    """What one corner says, in the signs that make small codes."""
    numbers = (code.wave, code.version, code.printing, code.copy, code.page)
    return "/".join([_MARK, *map(str, numbers), str(corner), code.check])


def read_code(text: str) -> tuple[PageCode, int] | None:
    """The page and the corner that a code names; None when it is not one of ours."""
    found = _CODE.fullmatch(text)
    if found is None:
        return None
    wave, version, printing, copy, page = (int(number) for number in found[1].strip("/").split("/"))
    return PageCode(wave, version, printing, copy, page, found[3]), int(found[2])


def squares(code: PageCode, corner: int) -> tuple[tuple[bytes, ...], int]:
    """The rows of a code (1 is dark) and its number of squares a side; the same size for every corner."""
    made = segno.make(code_text(code, corner), version=3, error="m", micro=False, boost_error=False)
    return tuple(bytes(row) for row in made.matrix), len(made.matrix)


def with_codes(content: bytes, title: str, copies: Sequence[Sequence[PageCode]]) -> bytes:
    """The PDF of one sheet, repeated for each copy with its own codes and number; it is made to be printed."""
    with pikepdf.open(io.BytesIO(content)) as source, pikepdf.new() as made:
        models = []
        for page in source.pages:
            made.pages.append(page)
            models.append(made.pages[-1].obj)
        del made.pages[:]
        font = made.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        )
        for codes in copies:
            for model, code in zip(models, codes, strict=True):
                made.pages.append(pikepdf.Page(made.make_indirect(_coded(made, model, code, font))))
        made.docinfo["/Title"] = title
        output = io.BytesIO()
        made.save(output, deterministic_id=True)
    return output.getvalue()


def _coded(pdf: pikepdf.Pdf, model: pikepdf.Object, code: PageCode, font: pikepdf.Object) -> pikepdf.Dictionary:
    kept = {
        name: value for name, value in model.items() if name not in ("/Parent", "/StructParents", "/Tabs", "/Annots")
    }
    page = pikepdf.Dictionary(kept)
    resources = pikepdf.Dictionary(dict(model.Resources.items()))
    resources.Font = pikepdf.Dictionary({**dict(resources.get("/Font", pikepdf.Dictionary()).items()), "/Code": font})
    page.Resources = resources
    contents = model.Contents
    pieces = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    over = b"\n".join(_drawn(code)) + b"\n" + _number(code)
    page.Contents = pikepdf.Array([pdf.make_stream(b"q\n"), *pieces, pdf.make_stream(b"\nQ\n" + over)])
    return page


def _drawn(code: PageCode) -> Iterator[bytes]:
    yield b"q 0 g"
    for corner, (left, top) in enumerate(corner_places()):
        rows, count = squares(code, corner)
        side = SIDE / count
        for y, row in enumerate(rows):
            for x, dark in enumerate(row):
                if dark:
                    low = HEIGHT - top - (y + 1) * side
                    spots = [each * _POINTS for each in (left + x * side, low, side * 1.02, side * 1.02)]
                    yield " ".join(f"{spot:.3f}" for spot in spots).encode() + b" re"
    yield b"f Q"


def _number(code: PageCode) -> bytes:
    words = f"{code.printing}-{code.copy} / {code.page + 1}".encode("ascii")
    x, y = (WIDTH / 2 - 8) * _POINTS, (EDGE + 2) * _POINTS
    return b"q 0 g BT /Code 8 Tf %.2f %.2f Td (%s) Tj ET Q" % (x, y, words)
