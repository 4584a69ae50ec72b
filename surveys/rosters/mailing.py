"""Letters made for each person invited, and sent by e-mail where the installation has a server for that."""

import logging
import smtplib
from collections.abc import Sequence
from datetime import date
from email.message import EmailMessage
from email.utils import formataddr

from impact.audit import SYSTEM
from impact.communities.storage import get_community
from impact.db import EncryptedDatabase
from impact.instance import Instance
from impact.periods import local_today
from surveys.records import Wave
from surveys.rosters import invitation_storage as storage
from surveys.rosters.mail_settings import MailSettings, connect, dated_mail, read_settings
from surveys.rosters.records import LetterText, Message, Sending
from surveys.rosters.rules import fill, is_due
from surveys.rosters.vocabulary import Letter, MailProblem
from surveys.rules import state_on
from surveys.storage import get_wave
from surveys.vocabulary import WaveState

SEND_LETTERS = "send_letters"
_FOR_GOOD = 500
_log = logging.getLogger(__name__)


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
    letter, day = Letter(kind), local_today()
    db = place.community(slug)
    try:
        wave = get_wave(db, wave_id)
        if state_on(wave, day) is WaveState.CLOSED:
            return
        try:
            settings = read_settings(place)
        except ValueError:
            storage.note_outcome(db, SYSTEM, wave_id, Sending(letter, day, 0, 0, MailProblem.MISREAD))
            return
        if settings:
            due = [each for each in messages(db, wave, letter, base) if is_due(each.invitation, letter, day)]
            # Ordered twice, the second sending has nobody left, and hides nothing of what the first one did.
            if due:
                storage.note_outcome(db, SYSTEM, wave_id, _send(db, settings, wave, letter, due, day))
    finally:
        db.close()


def _parts(text: LetterText) -> tuple[str, str, str]:
    return text.subject, text.words, text.short


def _send(
    db: EncryptedDatabase, settings: MailSettings, wave: Wave, kind: Letter, due: Sequence[Message], day: date
) -> Sending:
    """One e-mail after the other, each noted as soon as the server took it: a failure loses none and doubles none."""
    sent = refused = 0
    problem = None
    sender = formataddr((get_community(db).name, settings.sender))
    try:
        with connect(settings) as server:
            for each in due:
                try:
                    server.send_message(_mail(sender, each))
                except (smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError) as error:
                    if _is_for_now(error):
                        raise
                    refused += 1
                else:
                    storage.note_sending(db, SYSTEM, kind, wave.id, [each.invitation], day, "")
                    sent += 1
    except (smtplib.SMTPException, OSError) as error:
        _log.warning("e-mails did not leave: %s", type(error).__name__)
        problem = _problem(error, sent)
    return Sending(kind, day, sent, refused, problem)


def _problem(error: Exception, sent: int) -> MailProblem:
    if isinstance(error, smtplib.SMTPDataError) or _is_for_now(error):
        return MailProblem.DECLINED
    if isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPSenderRefused):
        return MailProblem.NOT_LET_IN
    return MailProblem.STOPPED if sent else MailProblem.UNREACHABLE


def _is_for_now(error: Exception) -> bool:
    """A code of the 4xx family: the server takes nothing more for now, often because too much was sent in an hour."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return any(code < _FOR_GOOD for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code < _FOR_GOOD


def _mail(sender: str, message: Message) -> EmailMessage:
    mail = dated_mail(sender, message.invitation.email, message.subject)
    mail.set_content(message.words)
    return mail
