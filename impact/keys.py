"""Encryption keys: 32 random bytes each, kept apart from the data, in a folder or in the environment."""

import os
import re
import secrets
from pathlib import Path

from impact.exceptions import Unusable

_HEX = re.compile(r"[0-9a-f]{64}")


class Keyring:
    """Keys by name, one file each (mode 0600); `IMPACT_KEY_<NAME>` in the environment comes first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, name: str) -> str:
        """64 hexadecimal digits; raises Unusable when the key is missing or spoilt."""
        found = os.environ.get("IMPACT_KEY_" + name.upper().replace("-", "_"))
        if found is None:
            found = self._read(name)
        if not _HEX.fullmatch(found):
            raise Unusable(f"La clé « {name} » est abîmée : 64 chiffres hexadécimaux sont attendus.")
        return found

    def has(self, name: str) -> bool:
        """Whether `get` would find something."""
        return "IMPACT_KEY_" + name.upper().replace("-", "_") in os.environ or self._path(name).exists()

    def create(self, name: str) -> str:
        """Make a new key; refuses to replace one, since that would lose the data."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        key = secrets.token_hex(32)
        descriptor = os.open(self._path(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        return key

    def ensure(self, name: str) -> str:
        """The key, made when there is none."""
        return self.get(name) if self.has(name) else self.create(name)

    def destroy(self, name: str) -> None:
        """Forget a key for ever: what it locked can no longer be read, old backups included."""
        self._path(name).unlink(missing_ok=True)

    def _read(self, name: str) -> str:
        try:
            return self._path(name).read_text(encoding="ascii").strip()
        except FileNotFoundError:
            raise Unusable(
                f"La clé « {name} » manque : remettez le fichier {self._path(name)} "
                "ou restaurez la sauvegarde des clés. Sans elle, les données ne peuvent pas être lues."
            ) from None

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.key"
