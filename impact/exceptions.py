"""The four refusals that storage and rules raise; error_pages.py alone turns them into pages."""


class ImpactError(Exception):
    """Base of every refusal that a person can read: `str(error)` is a French sentence."""


class NotFound(ImpactError):
    """The object does not exist, or the person may not know that it exists: the answer is the same."""

    def __init__(self, message: str = "Cette page n’existe pas.") -> None:
        super().__init__(message)


class NotAllowed(ImpactError):
    """The person is known but her role does not include this action."""

    def __init__(self, message: str = "Votre rôle ne donne pas accès à cette page.") -> None:
        super().__init__(message)


class Refused(ImpactError):
    """A rule says no: the message names the field when there is one, and what is expected."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class Conflict(ImpactError):
    """Somebody saved the same object meanwhile; `stored` maps form fields to what is in the database now."""

    def __init__(self, stored: dict[str, object], version: int) -> None:
        super().__init__("Cette fiche a changé pendant que vous écriviez.")
        self.stored = stored
        self.version = version


class Repeated(ImpactError):
    """This form was already received: `location` is where the first sending led, if it is known."""

    def __init__(self, location: str | None) -> None:
        super().__init__("Ce formulaire a déjà été enregistré.")
        self.location = location


class Unusable(ImpactError):
    """The instance cannot start: wrong key, missing file, faulty SQLite; the message says what to do."""
