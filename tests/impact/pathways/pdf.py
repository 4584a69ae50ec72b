"""The words of a printed sheet, read back from its glyphs."""

import io
import re

import pikepdf


def pdf_text(content: bytes) -> str:
    """The text of every page, one line per run of glyphs; no-break spaces as plain ones."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return "\n".join(_page_text(sheet) for sheet in pdf.pages).translate({0xA0: " ", 0x202F: " "})


def _page_text(sheet: pikepdf.Page) -> str:
    fonts = {str(name): _glyphs(font) for name, font in sheet.Resources.get("/Font", {}).items()}
    words, font = [], {}
    for operands, operator in pikepdf.parse_content_stream(sheet):
        if str(operator) == "Tf":
            font = fonts[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            parts = operands[0] if str(operator) == "TJ" else operands
            raw = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
            words.append("".join(font.get(raw[n : n + 2].hex(), "?") for n in range(0, len(raw), 2)))
    return "\n".join(words)


def _glyphs(font: pikepdf.Object) -> dict[str, str]:
    table = font.ToUnicode.read_bytes().decode("ascii")
    return {
        glyph.lower(): bytes.fromhex(text).decode("utf-16-be")
        for glyph, text in re.findall(r"<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>", table)
    }
