"""Letters made for each person invited, and sent by e-mail where the installation has a server for that."""

import logging
import smtplib
import ssl
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from pathlib import Path

from impact.audit import SYSTEM
from impact.db import EncryptedDatabase
from impact.instance import Instance
from impact.periods import local_today
from surveys.records import Wave
from surveys.rosters import invitation_storage as storage
from surveys.rosters.records import LetterText, Message
from surveys.rosters.rules import fill
from surveys.rosters.vocabulary import Letter
from surveys.rules import state_on
from surveys.storage import get_wave
from surveys.vocabulary import WaveState

SEND_LETTERS = "send_letters"
SETTINGS_FILE = "courriel.toml"
_SECONDS = 30
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class MailSettings:
    """The server that sends e-mails: `security` is "tls", "starttls" or "none" (a relay of the same machine)."""

    host: str
    sender: str
    port: int = 587
    security: str = "starttls"
    user: str = ""
    password: str = ""


def read_settings(root: Path) -> MailSettings | None:
    """What `courriel.toml` of the installation says; None without this file, and nothing is ever sent."""
    path = root / SETTINGS_FILE
    return MailSettings(**tomllib.loads(path.read_text("utf-8"))) if path.is_file() else None


def messages(db: EncryptedDatabase, wave: Wave, kind: Letter, base: str) -> list[Message]:
    """One letter for each person whose answer is awaited; `base` is the public address up to the token."""
    people = [each for each in storage.list_invitations(db, wave.id) if each.waits]
    text, tokens = storage.get_letter(db, wave.id, kind), storage.tokens(db, people)
    links = {each.id: base + tokens[each.id] for each in people}
    return [
        Message(each, links[each.id], *(fill(part, each, wave, links[each.id]) for part in _parts(text)))
        for each in people
    ]


def send_letters(place: Instance, slug: str, wave_id: int, kind: str, base: str) -> None:
    """Send to everybody awaited who has an address, once a day at most; what was sent is noted one by one."""
    settings = read_settings(place.root)
    db = place.community(slug)
    try:
        wave, day = get_wave(db, wave_id), local_today()
        if settings and state_on(wave, day) is not WaveState.CLOSED:
            found = [each for each in messages(db, wave, Letter(kind), base) if _is_due(each, Letter(kind), day)]
            _send(db, settings, wave, Letter(kind), found, day)
    finally:
        db.close()


def _parts(text: LetterText) -> tuple[str, str, str]:
    return text.subject, text.words, text.short


def _is_due(message: Message, kind: Letter, day: date) -> bool:
    person = message.invitation
    last = person.invited_on if kind is Letter.INVITATION else person.reminded_on
    return bool(person.email) and (last is None if kind is Letter.INVITATION else last != day)


def _send(
    db: EncryptedDatabase, settings: MailSettings, wave: Wave, kind: Letter, found: Sequence[Message], day: date
) -> None:
    if not found:
        return
    with _connect(settings) as server:
        for each in found:
            mail = EmailMessage()
            mail["From"], mail["To"], mail["Subject"] = settings.sender, each.invitation.email, each.subject
            mail["Auto-Submitted"] = "auto-generated"
            mail.set_content(each.words)
            try:
                server.send_message(mail)
            except smtplib.SMTPRecipientsRefused:
                _log.warning("an address was refused, invitation %d", each.invitation.id)
            else:
                storage.note_sending(db, SYSTEM, kind, wave.id, [each.invitation], day, "")


def _connect(settings: MailSettings) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if settings.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(settings.host, settings.port, timeout=_SECONDS, context=context)
    else:
        server = smtplib.SMTP(settings.host, settings.port, timeout=_SECONDS)
        if settings.security != "none":
            server.starttls(context=context)
    if settings.user:
        server.login(settings.user, settings.password)
    return server
