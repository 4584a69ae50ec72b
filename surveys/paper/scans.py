"""Files of scans as pictures: PDF (the pictures that a scanner put in it), JPEG, PNG."""

import io
from collections.abc import Iterator

import pikepdf
from PIL import Image, UnidentifiedImageError

MOST_PIXELS = 80_000_000
MOST_PAGES = 600
KINDS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpeg", b"\x89PNG\r\n\x1a\n": "png"}
NO_PICTURE = "cette page ne contient pas d’image : enregistrez-la en JPEG ou numérisez-la"
UNREADABLE = "ce fichier ne peut pas être lu"
TOO_LARGE = "cette image est trop grande"
TOO_MANY = "ce fichier a trop de pages"


def kind_of(content: bytes) -> str:
    """pdf, jpeg or png, from the first bytes; empty for anything else."""
    return next((kind for start, kind in KINDS.items() if content.startswith(start)), "")


def count_pages(content: bytes) -> int:
    """How many pages a file has; 1 when it cannot be opened, since it will be listed as such."""
    if kind_of(content) != "pdf":
        return 1
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return max(1, len(pdf.pages))
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError):
        return 1


def pictures(content: bytes) -> Iterator[Image.Image | str]:
    """Each page as a picture, or the French reason why there is none."""
    if kind_of(content) == "pdf":
        yield from _pdf_pictures(content)
    else:
        yield _opened(content, ("JPEG", "PNG"))


def _pdf_pictures(content: bytes) -> Iterator[Image.Image | str]:
    try:
        pdf = pikepdf.open(io.BytesIO(content))
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError):
        yield UNREADABLE
        return
    with pdf:
        for number, page in enumerate(pdf.pages):
            if number == MOST_PAGES:
                yield TOO_MANY
                return
            yield _page_picture(page)


def _page_picture(page: pikepdf.Page) -> Image.Image | str:
    """The largest picture of the page: a scanner puts one on each."""
    found = sorted((each for each in page.get_images().values() if isinstance(each, pikepdf.Stream)), key=_pixels)
    if not found:
        return NO_PICTURE
    if _pixels(found[-1]) > MOST_PIXELS:
        return TOO_LARGE
    try:
        picture: Image.Image = pikepdf.PdfImage(found[-1]).as_pil_image()
        picture.load()
    except Exception:  # each codec fails in its own way, and every page must be told
        return UNREADABLE
    return picture


def _pixels(stream: pikepdf.Stream) -> int:
    return int(stream.get("/Width", 0)) * int(stream.get("/Height", 0))


def _opened(content: bytes, formats: tuple[str, ...]) -> Image.Image | str:
    try:
        picture = Image.open(io.BytesIO(content), formats=formats)
        if picture.width * picture.height > MOST_PIXELS:
            return TOO_LARGE
        picture.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return UNREADABLE
    return picture
