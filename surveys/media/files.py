"""What a picture or a sound must be, told by its content and not by its name."""

import base64
import hashlib
import io

from PIL import Image, ImageOps, UnidentifiedImageError

from impact.exceptions import Refused

MOST_BYTES = 8_000_000
MOST_SOUND_BYTES = 1_000_000
MOST_PIXELS = 40_000_000
SIDE = 320
KINDS = {
    "png": "image/png", "jpg": "image/jpeg", "mp3": "audio/mpeg", "ogg": "audio/ogg", "m4a": "audio/mp4",
    "wav": "audio/wav",
}  # fmt: skip
_PICTURES = ("png", "jpg")


def is_picture(name: str) -> bool:
    """Whether a file of this name is a picture."""
    return name.rpartition(".")[2] in _PICTURES


def read_picture(content: bytes) -> tuple[str, bytes]:
    """The name and the content of a picture drawn again, small, without what the camera wrote in it.

    Raises Refused on `picture` for anything but a PNG, JPEG or WebP picture of forty million points at most.
    """
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "WEBP")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Refused("Cette image est trop grande : réduisez-la.", "picture")
            drawn = ImageOps.exif_transpose(opened)
            clear = drawn.has_transparency_data
            drawn = drawn.convert("RGBA" if clear else "RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        raise Refused("Ce fichier n’est pas une image PNG, JPEG ou WebP que l’on puisse lire.", "picture") from None
    drawn.thumbnail((SIDE, SIDE))
    kept, ending = io.BytesIO(), "png" if clear else "jpg"
    # A copy of the points alone: nothing else of the file that was sent remains.
    clean = Image.new(drawn.mode, drawn.size)
    clean.paste(drawn)
    clean.save(kept, "PNG" if clear else "JPEG", quality=85)
    return _named(kept.getvalue(), ending), kept.getvalue()


def read_sound(content: bytes) -> tuple[str, bytes]:
    """The name and the content of a sound; raises Refused on `sound` for anything but MP3, Ogg, M4A or WAV."""
    if len(content) > MOST_SOUND_BYTES:
        raise Refused("Ce son dépasse 1 Mo : quelques secondes suffisent pour lire une réponse.", "sound")
    ending = _kind_of_sound(content[:16])
    if not ending:
        raise Refused("Ce fichier n’est pas un son MP3, Ogg, M4A ou WAV.", "sound")
    return _named(content, ending), content


def as_address(name: str, content: bytes) -> str:
    """The picture written in the page itself, for print."""
    return f"data:{KINDS[name.rpartition('.')[2]]};base64,{base64.b64encode(content).decode('ascii')}"


def _kind_of_sound(start: bytes) -> str:
    if start[:3] == b"ID3" or (start[:1] == b"\xff" and start[1:2] and start[1] & 0xE6 == 0xE2):
        return "mp3"
    if start[:4] == b"OggS":
        return "ogg"
    if start[4:8] == b"ftyp" and start[8:11] in (b"M4A", b"mp4", b"iso", b"3gp"):
        return "m4a"
    return "wav" if start[:4] == b"RIFF" and start[8:12] == b"WAVE" else ""


def _named(content: bytes, ending: str) -> str:
    return f"{hashlib.sha256(content).hexdigest()[:32]}.{ending}"
