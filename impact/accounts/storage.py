"""Accounts, sessions, memberships and invitations in the directory."""

import hashlib
import json
import secrets
from datetime import UTC, date, datetime
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from impact.accounts.access import Role
from impact.accounts.records import Account, Invitation, Membership
from impact.accounts.rules import ABSOLUTE, ATTEMPT_WINDOW, INVITATION_LIFE, normal_password, session_alive
from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase, Row, gate
from impact.exceptions import NotFound, Refused

# OWASP's smaller argon2id profile: t=2, 19 MiB, p=1.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_NOBODY = _HASHER.hash(secrets.token_hex(16))


def add_account(
    db: EncryptedDatabase, actor: Actor, email: str, name: str, password: str, administrator: bool = False
) -> Account:
    """Create an active account; refuses an address that is already known."""
    if find_account(db, email) is not None:
        raise Refused("Cette adresse a déjà un compte : connectez-vous avec elle.", "email")
    with write(db, actor) as log:
        added = db.insert_row(
            "INSERT INTO account (ref, email, display_name, password_hash, is_administrator, is_active, created_at)"
            " VALUES (?, ?, ?, ?, ?, 1, ?)",
            (secrets.token_hex(8), email.lower(), name, hash_password(password), int(administrator), _now()),
        )
        log.note(Deed.CREATE, "account", added)
    return get_account(db, added)


def hash_password(password: str) -> str:
    """argon2id of the NFC form."""
    return _HASHER.hash(normal_password(password))


def get_account(db: EncryptedDatabase, account_id: int) -> Account:
    """Raises NotFound."""
    row = db.row("SELECT * FROM account WHERE id = ?", (account_id,))
    if row is None:
        raise NotFound
    return _account(row)


def find_account(db: EncryptedDatabase, email: str) -> Account | None:
    """By address, whatever its case."""
    row = db.row("SELECT * FROM account WHERE email = ?", (email.lower(),))
    return None if row is None else _account(row)


def list_accounts(db: EncryptedDatabase) -> list[Account]:
    """In the order of their addresses."""
    return [_account(row) for row in db.rows("SELECT * FROM account ORDER BY email")]


def verify_password(db: EncryptedDatabase, email: str, password: str) -> Account | None:
    """The active account, or None; unknown address and wrong password take the same time."""
    account = find_account(db, email)
    try:
        _HASHER.verify(account.password_hash if account else _NOBODY, normal_password(password))
    except VerificationError:
        return None
    return account if account is not None and account.is_active else None


def change_password(db: EncryptedDatabase, actor: Actor, account_id: int, password: str) -> None:
    """Replace the password and close every session of the account."""
    with write(db, actor) as log:
        db.execute("UPDATE account SET password_hash = ? WHERE id = ?", (hash_password(password), account_id))
        db.execute("DELETE FROM session WHERE account_id = ?", (account_id,))
        log.note(Deed.CHANGE, "account", account_id, ["password"])


def disable_account(db: EncryptedDatabase, actor: Actor, account_id: int) -> None:
    """End access at the next request: no session is left."""
    with write(db, actor) as log:
        db.execute("UPDATE account SET is_active = 0 WHERE id = ?", (account_id,))
        db.execute("DELETE FROM session WHERE account_id = ?", (account_id,))
        log.note(Deed.CHANGE, "account", account_id, ["is_active"])


def add_attempt(db: EncryptedDatabase, subject: str) -> int:
    """Count one sign-in attempt and give the number already made in the window, over all processes."""
    now = datetime.now(UTC)
    with gate(db):
        db.execute("DELETE FROM attempt WHERE at < ?", ((now - ATTEMPT_WINDOW).isoformat(),))
        made = int(db.value("SELECT count(*) FROM attempt WHERE subject = ?", (_hash(subject),)))
        db.execute("INSERT INTO attempt (subject, at) VALUES (?, ?)", (_hash(subject), now.isoformat()))
    return made


def forget_attempts(db: EncryptedDatabase, subject: str) -> None:
    """After a good sign-in."""
    with gate(db):
        db.execute("DELETE FROM attempt WHERE subject = ?", (_hash(subject),))


def open_session(db: EncryptedDatabase, account: Account) -> str:
    """A new session: gives the random token that goes in the cookie, of which only the hash is kept."""
    token = secrets.token_urlsafe(32)
    with write(db, Actor(account.ref, "account")) as log:
        db.execute("DELETE FROM session WHERE created_at < ?", ((datetime.now(UTC) - ABSOLUTE).isoformat(),))
        db.execute(
            "INSERT INTO session (token_hash, account_id, data, created_at, seen_at) VALUES (?, ?, '{}', ?, ?)",
            (_hash(token), account.id, _now(), _now()),
        )
        log.note(Deed.SIGN_IN, "account", account.id)
    return token


def find_session(db: EncryptedDatabase, token: str) -> tuple[int, dict[str, Any], datetime] | None:
    """The account's id, the session's data and when it was last seen; None once idle, ended or disabled."""
    row = db.row(
        "SELECT session.* FROM session JOIN account ON account.id = account_id WHERE token_hash = ? AND is_active = 1",
        (_hash(token),),
    )
    if row is None:
        return None
    created, seen = (datetime.fromisoformat(row[name]) for name in ("created_at", "seen_at"))
    if not session_alive(created, seen, datetime.now(UTC)):
        return None
    return row["account_id"], json.loads(row["data"]), seen


def save_session(db: EncryptedDatabase, token: str, data: dict[str, Any]) -> None:
    """Keep the data and the time of the last request."""
    with gate(db):
        db.execute(
            "UPDATE session SET data = ?, seen_at = ? WHERE token_hash = ?", (json.dumps(data), _now(), _hash(token))
        )


def close_session(db: EncryptedDatabase, token: str, account: Account) -> None:
    """The cookie, or a copy of it, is worth nothing afterwards."""
    with write(db, Actor(account.ref, "account")) as log:
        db.execute("DELETE FROM session WHERE token_hash = ?", (_hash(token),))
        log.note(Deed.SIGN_OUT, "account", account.id)


def add_membership(db: EncryptedDatabase, actor: Actor, account_id: int, slug: str, role: Role, member_id: int) -> None:
    """Give a role in a community; a person who comes back keeps her row."""
    with write(db, actor) as log:
        db.execute(
            "INSERT INTO membership (account_id, community_slug, role, member_id, since) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (account_id, community_slug)"
            " DO UPDATE SET role = excluded.role, member_id = excluded.member_id, ended_on = NULL",
            (account_id, slug, role.value, member_id, date.today().isoformat()),
        )
        log.note(Deed.CREATE, "membership", account_id, [slug])


def change_role(db: EncryptedDatabase, actor: Actor, membership_id: int, role: Role) -> None:
    """Another role from now on."""
    with write(db, actor) as log:
        db.execute("UPDATE membership SET role = ? WHERE id = ?", (role.value, membership_id))
        log.note(Deed.CHANGE, "membership", membership_id, ["role"])


def end_membership(db: EncryptedDatabase, actor: Actor, membership_id: int, day: date) -> None:
    """No access from the next request on."""
    with write(db, actor) as log:
        db.execute("UPDATE membership SET ended_on = ? WHERE id = ?", (day.isoformat(), membership_id))
        log.note(Deed.CHANGE, "membership", membership_id, ["ended_on"])


def find_membership(db: EncryptedDatabase, account_id: int, slug: str) -> Membership | None:
    """The present one."""
    row = db.row(
        "SELECT * FROM membership WHERE account_id = ? AND community_slug = ? AND ended_on IS NULL", (account_id, slug)
    )
    return None if row is None else _membership(row)


def list_memberships(db: EncryptedDatabase, account_id: int | None = None, slug: str | None = None) -> list[Membership]:
    """The present memberships of an account, or of a community."""
    rows = db.rows(
        "SELECT * FROM membership WHERE ended_on IS NULL AND (:account IS NULL OR account_id = :account)"
        " AND (:slug IS NULL OR community_slug = :slug) ORDER BY community_slug, id",
        {"account": account_id, "slug": slug},
    )
    return [_membership(row) for row in rows]


def add_invitation(
    db: EncryptedDatabase,
    actor: Actor,
    slug: str,
    role: Role,
    label: str,
    member_id: int | None = None,
    once: str = "",
) -> str:
    """A link's token, shown once and never kept; `label` says for whom it was made."""
    token = secrets.token_urlsafe(24)
    expires = datetime.now(UTC) + INVITATION_LIFE
    with write(db, actor, once) as log:
        added = db.insert_row(
            "INSERT INTO invitation (token_hash, community_slug, role, label, member_id, created_at, expires_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (_hash(token), slug, role.value, label, member_id, _now(), expires.isoformat()),
        )
        log.note(Deed.CREATE, "invitation", added)
    return token


def find_invitation(db: EncryptedDatabase, token: str) -> Invitation | None:
    """By the token of its link."""
    row = db.row("SELECT * FROM invitation WHERE token_hash = ?", (_hash(token),))
    return None if row is None else _invitation(row)


def list_invitations(db: EncryptedDatabase, slug: str) -> list[Invitation]:
    """Those of a community that still open it, the first to expire first."""
    rows = db.rows(
        "SELECT * FROM invitation WHERE community_slug = ? AND used_at IS NULL AND expires_at > ? ORDER BY expires_at, id",
        (slug, _now()),
    )
    return [_invitation(row) for row in rows]


def withdraw_invitation(db: EncryptedDatabase, actor: Actor, slug: str, invitation_id: int) -> None:
    """The link opens nothing any more; raises NotFound when the community has no such link waiting."""
    with write(db, actor) as log:
        withdrawn = db.changed(
            "UPDATE invitation SET expires_at = ? WHERE id = ? AND community_slug = ? AND used_at IS NULL",
            (_now(), invitation_id, slug),
        )
        if not withdrawn:
            raise NotFound
        log.note(Deed.CHANGE, "invitation", invitation_id, ["expires_at"])


def _invitation(row: Row) -> Invitation:
    used = row["used_at"]
    return Invitation(
        row["id"],
        row["community_slug"],
        Role(row["role"]),
        row["label"],
        datetime.fromisoformat(row["expires_at"]),
        datetime.fromisoformat(used) if used else None,
        row["member_id"],
    )


def use_invitation(db: EncryptedDatabase, actor: Actor, invitation_id: int) -> None:
    """Spend an invitation; raises Refused when somebody else just did."""
    with write(db, actor) as log:
        spent = db.changed(
            "UPDATE invitation SET used_at = ? WHERE id = ? AND used_at IS NULL", (_now(), invitation_id)
        )
        if not spent:
            raise Refused("Cette invitation a déjà servi : demandez-en une autre.")
        log.note(Deed.CHANGE, "invitation", invitation_id, ["used_at"])


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat()


def _account(row: Row) -> Account:
    return Account(
        row["id"],
        row["ref"],
        row["email"],
        row["display_name"],
        row["password_hash"],
        bool(row["is_administrator"]),
        bool(row["is_active"]),
    )


def _membership(row: Row) -> Membership:
    ended = row["ended_on"]
    return Membership(
        row["id"],
        row["account_id"],
        row["community_slug"],
        Role(row["role"]),
        row["member_id"],
        date.fromisoformat(row["since"]),
        date.fromisoformat(ended) if ended else None,
    )
