"""The server that sends e-mails, as the administrator sets it: its address in a file, its password with the keys."""

import hashlib
import json
import os
import smtplib
import ssl
import tomllib
from dataclasses import asdict, dataclass, replace
from email.message import EmailMessage
from email.utils import localtime, make_msgid, parseaddr
from pathlib import Path

from impact.exceptions import Conflict, Refused
from impact.instance import Instance
from surveys.rosters.vocabulary import MailProblem, Security

SETTINGS_FILE, PASSWORD_FILE = "courriel.toml", "courriel.secret"
THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
_SECONDS = 30
_REFUSED = "Le serveur d’envoi a répondu, mais il refuse cette adresse : vérifiez-la."


@dataclass(frozen=True)
class MailSettings:
    """The server that sends e-mails: `security` is "tls", "starttls" or "none" (a relay of the same machine)."""

    host: str
    sender: str
    port: int = 587
    security: str = "starttls"
    user: str = ""
    password: str = ""


def read_settings(place: Instance) -> MailSettings | None:
    """What `courriel.toml` of the installation says, with the password kept beside the keys; None without this file.

    Raises ValueError when the file cannot be read, or holds something else than the fields of MailSettings.
    """
    path = place.root / SETTINGS_FILE
    if not path.is_file():
        return None
    try:
        found = MailSettings(**tomllib.loads(path.read_text("utf-8")))
    except TypeError as error:
        raise ValueError(str(error)) from None
    Security(found.security)
    secret = _secret(place)
    return replace(found, password=secret.read_text("utf-8")) if secret.is_file() else found


def settings_version(place: Instance) -> int:
    """Changes whenever the settings do; 0 when there are none."""
    path = place.root / SETTINGS_FILE
    return int(hashlib.sha256(path.read_bytes()).hexdigest()[:7], 16) if path.is_file() else 0


def save_settings(place: Instance, settings: MailSettings, version_read: int) -> None:
    """Keep them; raises Refused for what would send a password in clear, Conflict when somebody saved meanwhile."""
    check_settings(settings)
    if version_read != settings_version(place):
        raise Conflict({}, settings_version(place))
    told = {name: value for name, value in asdict(settings).items() if name != "password"}
    # A JSON text is a TOML text too.
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in told.items()]
    if settings.password:
        place.keyring.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(_secret(place), settings.password)
    else:
        _secret(place).unlink(missing_ok=True)
    _write(place.root / SETTINGS_FILE, "".join(lines))


def forget_settings(place: Instance) -> None:
    """Nothing is sent any more."""
    (place.root / SETTINGS_FILE).unlink(missing_ok=True)
    _secret(place).unlink(missing_ok=True)


def check_settings(settings: MailSettings) -> None:
    """Raises Refused at the field to correct."""
    if settings.host not in THIS_MACHINE and set(settings.host) & set(" /:@"):
        raise Refused("Écrivez le nom du serveur seul. Exemple : smtp.exemple.fr", "host")
    if settings.security == Security.NONE and settings.host not in THIS_MACHINE:
        raise Refused("Sans chiffrement, tout passerait en clair : choisissez un chiffrement.", "security")
    if settings.password and not settings.user:
        raise Refused("Un mot de passe va avec un nom d’utilisateur.", "user")


def connect(settings: MailSettings) -> smtplib.SMTP:
    """An open connection, signed in; raises smtplib.SMTPException or OSError."""
    context = ssl.create_default_context()
    if settings.security == Security.TLS:
        server: smtplib.SMTP = smtplib.SMTP_SSL(settings.host, settings.port, timeout=_SECONDS, context=context)
    else:
        server = smtplib.SMTP(settings.host, settings.port, timeout=_SECONDS)
    try:
        if settings.security == Security.STARTTLS:
            server.starttls(context=context)
        if settings.user:
            server.login(settings.user, settings.password)
    except BaseException:
        server.close()
        raise
    return server


def dated_mail(sender: str, address: str, subject: str) -> EmailMessage:
    """An e-mail without its text; its identifier names the sender's domain, never this machine."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, address, subject
    mail["Date"], mail["Message-ID"] = localtime(), make_msgid(domain=parseaddr(sender)[1].partition("@")[2])
    mail["Auto-Submitted"] = "auto-generated"
    return mail


def send_trial(settings: MailSettings, address: str) -> None:
    """One e-mail that the server took; raises Refused with what the server really answered."""
    mail = dated_mail(settings.sender, address, "Essai d’envoi")
    mail.set_content("Cet essai vient de votre installation d’Impact. Le réglage des courriels est bon.\n")
    try:
        with connect(settings) as server:
            server.send_message(mail)
    except smtplib.SMTPRecipientsRefused:
        raise Refused(_REFUSED, "address") from None
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPSenderRefused):
        raise Refused(MailProblem.NOT_LET_IN.label) from None
    except ssl.SSLError:
        raise Refused("Le serveur d’envoi ne chiffre pas ainsi : vérifiez le chiffrement et le port.") from None
    except (smtplib.SMTPException, OSError) as error:
        raise Refused(f"Le serveur d’envoi ne répond pas comme attendu ({type(error).__name__}).") from None


def _secret(place: Instance) -> Path:
    return place.keyring.folder / PASSWORD_FILE


def _write(path: Path, text: str) -> None:
    """Whole or not at all, for the one who runs the installation alone."""
    beside = path.with_suffix(".new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
