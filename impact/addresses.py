"""What an e-mail address and a telephone number look like."""

import re

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_PHONE = re.compile(r"\+?[\d .()-]{6,25}", re.ASCII)


def is_email(text: str) -> bool:
    """Whether a letter could go there."""
    return bool(_EMAIL.fullmatch(text))


def is_phone(text: str) -> bool:
    """Whether it can be dialled, written as people write it."""
    return bool(_PHONE.fullmatch(text))
