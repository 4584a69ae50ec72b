"""Workshops as iCalendar (RFC 5545), whole days: a calendar shows them without asking for an hour nobody typed."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from impact.workshops.records import Workshop

LONGEST_LINE = 75


def as_calendar(workshops: Sequence[tuple[Workshop, str]], place: str, moment: datetime) -> str:
    """`workshops` with the address of each; a cancelled one is told as such. Lines folded at 75 octets (§3.1)."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Impact collectif//FR", f"X-WR-CALNAME:{_escaped(place)}"]
    for workshop, url in workshops:
        lines += _event(workshop, url, moment)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(workshop: Workshop, url: str, moment: datetime) -> list[str]:
    found = [
        "BEGIN:VEVENT",
        f"UID:{url}",
        f"DTSTAMP:{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{workshop.held_on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{workshop.held_on + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(workshop.title)}",
        f"SEQUENCE:{workshop.version}",
        f"STATUS:{'CANCELLED' if workshop.is_cancelled else 'CONFIRMED'}",
    ]
    if workshop.place:
        found.append(f"LOCATION:{_escaped(workshop.place)}")
    return [*found, "END:VEVENT"]


def _escaped(text: str) -> str:
    for plain in ("\\", ";", ","):
        text = text.replace(plain, f"\\{plain}")
    return " ".join(text.split())


def _folded(line: str) -> str:
    """Never cuts a character in two."""
    parts: list[str] = []
    current, size = "", 0
    for character in line:
        length = len(character.encode())
        if size + length > LONGEST_LINE:
            parts, current, size = [*parts, current], " ", 1
        current, size = current + character, size + length
    return "\r\n".join([*parts, current])
