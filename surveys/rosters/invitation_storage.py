"""Personal links, letters, and the answers that come through them: every statement about them."""

from collections.abc import Iterable, Sequence
from datetime import date

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase, Row, gate
from impact.exceptions import Conflict, NotFound, Refused
from impact.identities import Identity, add_identity, identities
from impact.wording import sort_key
from surveys.records import Answer, Wave
from surveys.rosters.records import Door, Following, Invitation, LetterText, Listed, Sending, Turnout
from surveys.rosters.rules import default_letter, person_hash, personal_token
from surveys.rosters.vocabulary import Letter, MailProblem, Public, Recognition
from surveys.rules import fingerprint
from surveys.storage import add_response, find_wave_by_link, get_wave, has_response

_FOLLOWING = (
    "SELECT cohort_wave.*, cohort.title, cohort.recognition FROM cohort_wave"
    " JOIN cohort ON cohort.id = cohort_id WHERE wave_id = ?"
)

_FORGET = (
    "DELETE FROM answer WHERE response_id = ?",
    "DELETE FROM other_answer WHERE response_id = ?",
    "DELETE FROM followed_response WHERE response_id = ?",
    "DELETE FROM withheld_response WHERE response_id = ?",
    "DELETE FROM response WHERE id = ?",
)


def find_door(db: EncryptedDatabase, token: str) -> Door | None:
    """What a public address leads to; an open link leads nowhere once the wave has personal ones.

    Both questions are always asked, so that a wrong address takes as long as a right one.
    """
    row = db.row("SELECT * FROM wave_invitation WHERE token_hash = ?", (fingerprint(token),))
    wave = find_wave_by_link(db, token)
    if row is not None:
        return Door(get_wave(db, row["wave_id"]), _invitation(row), get_following(db, row["wave_id"]))
    if wave is None or has_invitations(db, wave.id):
        return None
    following = get_following(db, wave.id)
    by_list = following is not None and following.recognition is Recognition.LIST
    return None if by_list else Door(wave, None, following)


def receive(db: EncryptedDatabase, door: Door, day: date, key: str, answers: Sequence[Answer], code: str = "") -> bool:
    """Store one person's answers once; gives False, and stores nothing, when her link served meanwhile.

    No audit entry: it would keep the moment of an answer.
    """
    wave, invitation, following = door.wave, door.invitation, door.following
    if not invitation and not following:
        add_response(db, wave.id, day, key, answers)
        return True
    with gate(db):
        if has_response(db, wave.id, key):
            return True
        if invitation and not _use(db, invitation, following is not None and following.resend):
            return False
        person = ""
        if following:
            known_by = f"person:{invitation.person_id}" if invitation else f"code:{code}"
            person = person_hash(link_secret(db), following.cohort_id, known_by)
            if invitation:
                _forget(db, wave.id, person)
        add_response(db, wave.id, day, key, answers)
        if person:
            db.execute(
                "INSERT INTO followed_response (response_id, person)"
                " SELECT id, ? FROM response WHERE wave_id = ? AND client_hash = ?",
                (person, wave.id, fingerprint("client", wave.id, key)),
            )
    return True


def was_received(db: EncryptedDatabase, door: Door, key: str) -> bool:
    """Whether this very form was stored already: its sender did not hear so, and sends it again."""
    return has_response(db, door.wave.id, key)


def get_following(db: EncryptedDatabase, wave_id: int) -> Following | None:
    """The wave's place in its cohort; None outside one."""
    row = db.row(_FOLLOWING, (wave_id,))
    if row is None:
        return None
    return Following(
        row["cohort_id"],
        row["title"],
        Recognition(row["recognition"]),
        row["moment"],
        Public(row["public"]),
        bool(row["resend"]),
    )


def has_invitations(db: EncryptedDatabase, wave_id: int) -> bool:
    """Whether the wave goes by personal links."""
    return bool(db.value("SELECT EXISTS (SELECT 1 FROM wave_invitation WHERE wave_id = ?)", (wave_id,)))


def add_invitations(
    db: EncryptedDatabase, actor: Actor, wave_id: int, public: Public, people: Sequence[Listed], once: str = ""
) -> int:
    """A personal link for each person of a list, and their number; raises Refused when open answers came already."""
    wave = get_wave(db, wave_id)
    if not has_invitations(db, wave_id) and wave.responses:
        raise Refused(
            "Des réponses sont déjà arrivées par le lien ouvert : des liens personnels les compteraient deux fois."
        )
    if get_following(db, wave_id):
        raise Refused("Cette vague suit une cohorte : ajoutez les personnes dans la cohorte.")
    with write(db, actor, once) as log:
        for person in people:
            identity = Identity(person.family_name, person.given_name, None, person.email, person.phone)
            add_link(db, wave_id, public, add_identity(db, identity))
        count_invited(db, wave_id)
        log.note(Deed.CREATE, "invitation", wave_id)
    return len(people)


def add_link(
    db: EncryptedDatabase, wave_id: int, public: Public, identity_id: int, person_id: int | None = None
) -> int:
    """One personal link, with its hash; belongs inside a `write`."""
    added = db.insert_row(
        "INSERT INTO wave_invitation (wave_id, public, identity_id, person_id) VALUES (?, ?, ?, ?)",
        (wave_id, public.value, identity_id, person_id),
    )
    _store_token(db, added, 1)
    return added


def count_invited(db: EncryptedDatabase, wave_id: int) -> None:
    """The wave's number of people invited is that of its links that are alive or served."""
    db.execute(
        "UPDATE wave SET invited = (SELECT nullif(count(*), 0) FROM wave_invitation"
        " WHERE wave_id = wave.id AND (answered OR NOT revoked)) WHERE id = ?",
        (wave_id,),
    )


def list_invitations(db: EncryptedDatabase, wave_id: int) -> list[Invitation]:
    """Everybody invited, in alphabetical order within each public."""
    rows = db.rows(
        "SELECT wave_invitation.*, cohort_person.identity_id AS child_id FROM wave_invitation"
        " LEFT JOIN cohort_person ON cohort_person.id = person_id WHERE wave_id = ?",
        (wave_id,),
    )
    known = identities(db, [row[name] for row in rows for name in ("identity_id", "child_id") if row[name]])
    found = [_invitation(row, known) for row in rows]
    order = list(Public)
    return sorted(found, key=lambda each: (order.index(each.public), sort_key(_listed(each, known))))


def get_invitation(db: EncryptedDatabase, wave_id: int, invitation_id: int) -> Invitation:
    """Raises NotFound."""
    for each in list_invitations(db, wave_id):
        if each.id == invitation_id:
            return each
    raise NotFound


def turnouts(db: EncryptedDatabase, wave_id: int) -> list[Turnout]:
    """Asked and answered, by public; links that were revoked unused are left out."""
    rows = db.rows(
        "SELECT public, count(*) AS invited, sum(answered) AS answered FROM wave_invitation"
        " WHERE wave_id = ? AND (answered OR NOT revoked) GROUP BY public",
        (wave_id,),
    )
    found = {row["public"]: Turnout(Public(row["public"]), row["invited"], row["answered"]) for row in rows}
    return [found[public.value] for public in Public if public.value in found]


def revoke(db: EncryptedDatabase, actor: Actor, invitation: Invitation, once: str = "") -> None:
    """The link leads nowhere from now on; raises Refused when it served already."""
    if invitation.answered:
        raise Refused("Cette personne a déjà répondu : son lien ne sert plus.")
    with write(db, actor, once) as log:
        db.execute("UPDATE wave_invitation SET revoked = 1 WHERE id = ? AND NOT answered", (invitation.id,))
        count_invited(db, invitation.wave_id)
        log.note(Deed.DELETE, "invitation", invitation.id)


def renew(db: EncryptedDatabase, actor: Actor, invitation: Invitation, once: str = "") -> None:
    """Another link for the same person, the former one dead; raises Refused when it served already."""
    if invitation.answered:
        raise Refused("Cette personne a déjà répondu : un second lien compterait sa réponse deux fois.")
    with write(db, actor, once) as log:
        serial = invitation.serial + 1
        db.execute("UPDATE wave_invitation SET serial = ?, revoked = 0 WHERE id = ?", (serial, invitation.id))
        _store_token(db, invitation.id, serial)
        count_invited(db, invitation.wave_id)
        log.note(Deed.CHANGE, "invitation", invitation.id, ["serial"])


def tokens(db: EncryptedDatabase, invitations: Iterable[Invitation]) -> dict[int, str]:
    """The last part of each personal link, derived again."""
    secret = link_secret(db)
    return {each.id: personal_token(secret, each.id, each.serial) for each in invitations}


def note_sending(
    db: EncryptedDatabase, actor: Actor, kind: Letter, wave_id: int, sent: Sequence[Invitation], day: date, once: str
) -> None:
    """The letters left the house: by export or by e-mail."""
    with write(db, actor, once) as log:
        for each in sent:
            if kind is Letter.INVITATION:
                db.execute("UPDATE wave_invitation SET invited_on = ? WHERE id = ?", (day.isoformat(), each.id))
            else:
                db.execute(
                    "UPDATE wave_invitation SET reminded_on = ?, reminders = reminders + 1 WHERE id = ?",
                    (day.isoformat(), each.id),
                )
        log.note(Deed.EXPORT, "invitation", wave_id)


def note_outcome(db: EncryptedDatabase, actor: Actor, wave_id: int, outcome: Sending) -> None:
    """Keep what became of a sending, in the place of the one before."""
    problem = outcome.problem.value if outcome.problem else None
    with write(db, actor) as log:
        db.execute(
            "INSERT OR REPLACE INTO wave_sending (wave_id, kind, sent_on, sent, refused, problem)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (wave_id, outcome.kind.value, outcome.sent_on.isoformat(), outcome.sent, outcome.refused, problem),
        )
        log.note(Deed.CHANGE, "wave", wave_id, ["sending"])


def list_outcomes(db: EncryptedDatabase, wave_id: int) -> dict[Letter, Sending]:
    """The last sending of each letter."""
    return {
        Letter(row["kind"]): Sending(
            Letter(row["kind"]),
            date.fromisoformat(row["sent_on"]),
            row["sent"],
            row["refused"],
            MailProblem(row["problem"]) if row["problem"] else None,
        )
        for row in db.rows("SELECT * FROM wave_sending WHERE wave_id = ?", (wave_id,))
    }


def get_letter(db: EncryptedDatabase, wave_id: int, kind: Letter) -> LetterText:
    """The wave's own text, or the one proposed (version 0)."""
    row = db.row("SELECT * FROM wave_letter WHERE wave_id = ? AND kind = ?", (wave_id, kind.value))
    if row is None:
        return default_letter(kind)
    return LetterText(kind, row["subject"], row["words"], row["short"], row["version"])


def save_letter(
    db: EncryptedDatabase, actor: Actor, wave: Wave, letter: LetterText, version_read: int, once: str = ""
) -> None:
    """Raises Conflict when somebody saved since `version_read`."""
    with write(db, actor, once) as log:
        stored = get_letter(db, wave.id, letter.kind)
        if stored.version != version_read:
            values: dict[str, object] = {"subject": stored.subject, "words": stored.words, "short": stored.short}
            raise Conflict(values, stored.version)
        db.execute(
            "INSERT INTO wave_letter (wave_id, kind, subject, words, short) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET subject = excluded.subject, words = excluded.words, short = excluded.short,"
            " version = version + 1",
            (wave.id, letter.kind.value, letter.subject, letter.words, letter.short),
        )
        log.note(Deed.CHANGE, "wave", wave.id, ["letter"])


def _use(db: EncryptedDatabase, invitation: Invitation, resend: bool) -> bool:
    return bool(
        db.changed(
            "UPDATE wave_invitation SET answered = 1 WHERE id = ? AND NOT revoked AND (NOT answered OR ?)",
            (invitation.id, int(resend)),
        )
    )


def _forget(db: EncryptedDatabase, wave_id: int, person: str) -> None:
    """What this person sent before to the same wave: her last sending counts."""
    row = db.row(
        "SELECT response.id FROM response JOIN followed_response ON response_id = response.id"
        " WHERE wave_id = ? AND person = ?",
        (wave_id, person),
    )
    if row is not None:
        for statement in _FORGET:
            db.execute(statement, (row["id"],))


def _store_token(db: EncryptedDatabase, invitation_id: int, serial: int) -> None:
    token = personal_token(link_secret(db), invitation_id, serial)
    db.execute("UPDATE wave_invitation SET token_hash = ? WHERE id = ?", (fingerprint(token), invitation_id))


def link_secret(db: EncryptedDatabase) -> bytes:
    """What personal links, and the joining of one person's answers, are derived from."""
    return bytes.fromhex(db.keyring.get(f"fields-{db.path.parent.name}"))


def _listed(invitation: Invitation, known: dict[int, Identity]) -> str:
    found = known.get(invitation.identity_id)
    return found.listed_name if found else ""


def _invitation(row: Row, known: dict[int, Identity] | None = None) -> Invitation:
    person = (known or {}).get(row["identity_id"], Identity(""))
    child = (known or {}).get(row.get("child_id") or 0)
    return Invitation(
        id=row["id"],
        wave_id=row["wave_id"],
        public=Public(row["public"]),
        identity_id=row["identity_id"],
        person_id=row["person_id"],
        serial=row["serial"],
        answered=bool(row["answered"]),
        revoked=bool(row["revoked"]),
        invited_on=_day(row["invited_on"]),
        reminded_on=_day(row["reminded_on"]),
        reminders=row["reminders"],
        name=person.full_name,
        given_name=person.given_name,
        email=person.email,
        phone=person.phone,
        about=child.given_name if child and child.id != person.id else "",
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
