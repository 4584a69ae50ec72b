"""From the picture of a page to its marks: codes in the corners, perspective, ink (method: corner codes and homography).

Nothing here knows the database; a page that cannot be read comes back without a code, never as an error.
"""

import io
from collections.abc import Callable, Mapping

import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PIL import Image, ImageOps

from surveys.paper.codes import HEIGHT, SIDE, WIDTH, corner_places, read_code
from surveys.paper.records import Layout, PageCode, PageReading, Place
from surveys.paper.rules import fields_on, row_of

Grey = NDArray[np.uint8]
Points = list[tuple[float, float]]
# CSS pixels in a millimetre, pixels of the straightened page in a CSS pixel.
_PIXELS, _SCALE = 96 / 25.4, 2
_SIZE = (round(WIDTH * _PIXELS * _SCALE), round(HEIGHT * _PIXELS * _SCALE))
_LARGEST, _SMALLEST = 3600, 1500
_ENOUGH_CORNERS = 3
# The printed outline of a box or a frame is left out, and what is a quarter darker than the paper around is ink.
_BOX_INSET, _FRAME_INSET, _AROUND, _INK = 7, 9, 25, 0.72
_CROP_MARGIN = 8
Find = Callable[[PageCode], Layout | None]


def read_page(picture: Image.Image, find: Find) -> PageReading:
    """The marks of a page, `find` giving the layout of its code, or None when that page is not ours."""
    grey = _prepared(picture)
    code, corners = _corners(grey)
    layout = find(code) if code else None
    if code is None or layout is None or len(corners) < _ENOUGH_CORNERS or not 0 <= code.page < layout.pages:
        whole = code if code and len(corners) >= _ENOUGH_CORNERS else None
        return PageReading(whole, picture=_jpeg(grey, 1600))
    straight = np.asarray(_straightened(grey, corners))
    marks: dict[str, dict[str, float]] = {}
    for field, boxes in layout.boxes.items():
        dark = {value: _ink(straight, at, _BOX_INSET) for value, at in boxes.items() if at.page == code.page}
        if dark:
            marks[field] = dark
    inks = {field: _ink(straight, at, _FRAME_INSET) for field, at in layout.frames.items() if at.page == code.page}
    crops = {field: _crop(straight, row_of(layout, field, code.page)) for field in fields_on(layout, code.page)}
    return PageReading(code, marks, inks, crops, _jpeg(Image.fromarray(straight), 1600))


def _prepared(picture: Image.Image) -> Image.Image:
    grey = ImageOps.exif_transpose(picture).convert("L")
    longest = max(grey.size)
    if longest > _LARGEST:
        grey.thumbnail((_LARGEST, _LARGEST))
    elif longest < _SMALLEST:
        factor = _SMALLEST / longest
        grey = grey.resize((round(grey.width * factor), round(grey.height * factor)))
    return grey


def _corners(grey: Image.Image) -> tuple[PageCode | None, dict[int, Points]]:
    """The code that most corners agree on, and where those corners are."""
    best: tuple[PageCode | None, dict[int, Points]] = (None, {})
    for prepare in (_unchanged, _contrasted, _enlarged):
        seen = _codes(prepare(grey), grey.width)
        for code, corners in seen.items():
            if len(corners) > len(best[1]):
                best = (code, corners)
        if len(best[1]) >= _ENOUGH_CORNERS:
            break
    return best


def _codes(grey: Image.Image, width: int) -> dict[PageCode, dict[int, Points]]:
    seen: dict[PageCode, dict[int, Points]] = {}
    scale = width / grey.width
    for found in zxingcpp.read_barcodes(
        np.asarray(grey), formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    ):
        known = read_code(found.text)
        if known:
            at = found.position
            points = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
            seen.setdefault(known[0], {})[known[1]] = [(point.x * scale, point.y * scale) for point in points]
    return seen


def _unchanged(grey: Image.Image) -> Image.Image:
    return grey


def _contrasted(grey: Image.Image) -> Image.Image:
    return ImageOps.autocontrast(grey, cutoff=2)


def _enlarged(grey: Image.Image) -> Image.Image:
    return ImageOps.autocontrast(grey.resize((round(grey.width * 1.5), round(grey.height * 1.5))), cutoff=1)


def _straightened(grey: Image.Image, corners: Mapping[int, Points]) -> Image.Image:
    """The page as it was printed: the homography that brings the printed corners on the scanned ones, by least squares."""
    rows, values = [], []
    unit = _PIXELS * _SCALE
    for corner, points in corners.items():
        left, top = (each * unit for each in corner_places()[corner])
        side = SIDE * unit
        printed = [(left, top), (left + side, top), (left + side, top + side), (left, top + side)]
        for (u, v), (x, y) in zip(points, printed, strict=True):
            rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
            values += [u, v]
    solution = np.linalg.lstsq(np.array(rows, float), np.array(values, float), rcond=None)[0]
    return grey.transform(
        _SIZE, Image.Transform.PERSPECTIVE, solution.tolist(), Image.Resampling.BILINEAR, fillcolor=255
    )


def _ink(page: Grey, at: Place, inset: int) -> float:
    """Share of the inside that is darker than the paper around."""
    left, top, right, bottom = (round(each * _SCALE) for each in (at.left, at.top, at.right, at.bottom))
    around = page[max(0, top - _AROUND) : bottom + _AROUND, max(0, left - _AROUND) : right + _AROUND]
    inside = page[top + inset : bottom - inset, left + inset : right - inset]
    if not inside.size or not around.size:
        return 0.0
    return float((inside < np.percentile(around, 80) * _INK).mean())


def _crop(page: Grey, at: Place) -> bytes:
    left, top, right, bottom = (round(each * _SCALE) for each in (at.left, at.top, at.right, at.bottom))
    cut = page[max(0, top - _CROP_MARGIN) : bottom + _CROP_MARGIN, max(0, left - _CROP_MARGIN) : right + _CROP_MARGIN]
    return _jpeg(Image.fromarray(cut), 1100)


def _jpeg(grey: Image.Image, longest: int) -> bytes:
    small = grey.copy()
    small.thumbnail((longest, longest))
    output = io.BytesIO()
    small.save(output, "JPEG", quality=60)
    return output.getvalue()
