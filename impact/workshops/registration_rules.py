"""When one may register, and who is meant at the door by a code or by a name."""

from collections.abc import Sequence
from datetime import date

from impact.exceptions import Refused
from impact.wording import fold
from impact.workshops.records import Workshop
from impact.workshops.registration_records import Expected, Opening

MOST_REGISTRATIONS = 500
# No letter that is read as another.
CODE_LETTERS = "ACDEFGHJKMNPQRTUVWXY"
CODE_LENGTH = 4
_MEMBER = "M"


def check_open(workshop: Workshop, opening: Opening, registered: int, today: date) -> None:
    """Until the day itself, while there is room."""
    if workshop.is_cancelled or workshop.is_held or workshop.held_on < today:
        raise Refused("Les inscriptions à cet atelier sont terminées.")
    if registered >= min(opening.seats or MOST_REGISTRATIONS, MOST_REGISTRATIONS):
        raise Refused("Il n’y a plus de place à cet atelier.")


def member_code(member_id: int) -> str:
    """What somebody already in the directory gives at the door."""
    return f"{_MEMBER}{member_id}"


def meant(typed: str, expected: Sequence[Expected]) -> Expected:
    """Whoever has this code, or is the only one whose name begins so; raises Refused otherwise."""
    wanted = fold(typed)
    by_code = [known for known in expected if fold(known.code) == wanted]
    by_name = [known for known in expected if fold(known.listed_name).startswith(wanted)] if wanted else []
    found = by_code or by_name
    if not found:
        raise Refused(
            "Personne d’attendu n’a ce code ni ce nom. Ajoutez la personne sur la feuille de présence.", "who"
        )
    if len(found) > 1:
        names = ", ".join(known.listed_name for known in found[:4])
        raise Refused(f"Plusieurs personnes répondent à ce nom ({names}) : écrivez le code.", "who")
    return found[0]
