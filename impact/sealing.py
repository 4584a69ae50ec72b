"""Health and justice fields, encrypted one by one inside the encrypted file: a mistaken query yields ciphertext."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from impact.db import EncryptedDatabase
from impact.exceptions import Unusable

_NONCE = 12


def seal(db: EncryptedDatabase, text: str, label: str) -> bytes:
    """AES-256-GCM; `label` ties the ciphertext to its place (« follow_up_note.observed:12 »)."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + _cipher(db).encrypt(nonce, text.encode(), label.encode())


def unseal(db: EncryptedDatabase, sealed: bytes, label: str) -> str:
    """The text again; raises Unusable when the field was altered or moved."""
    try:
        return _cipher(db).decrypt(sealed[:_NONCE], sealed[_NONCE:], label.encode()).decode()
    except InvalidTag:
        raise Unusable("Un champ protégé a été altéré : il ne peut pas être lu.") from None


def _cipher(db: EncryptedDatabase) -> AESGCM:
    return AESGCM(bytes.fromhex(db.keyring.get(f"fields-{db.path.parent.name}")))
