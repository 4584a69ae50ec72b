"""Lists as they are pasted, codes as people make them, letters as they are filled: decisions without a database."""

import base64
import hashlib
import hmac
import re
from calendar import monthrange
from collections.abc import Collection, Sequence
from datetime import date

from impact.accounts.access import Action, may, sees_whole_file
from impact.addresses import is_email, is_phone
from impact.audit import Actor
from impact.exceptions import Refused
from impact.periods import Period, school_year
from impact.wording import clean_text, fold, french, long_date
from surveys.records import Questionnaire, Wave
from surveys.rosters.records import (
    Cohort,
    CohortWave,
    Door,
    Family,
    Invitation,
    LetterText,
    Listed,
    Milestones,
    Person,
)
from surveys.rosters.vocabulary import Letter, Public, SpottedAt, Step
from surveys.rules import takes_answers

MOST_LINES = 500
# Under this many answers, saying who answered would say who said what.
FEW = 5
WHOLE = "whole"
# What stays in the place of a name.
ERASED = "Personne effacée"
FIELDS = ("{prénom}", "{lien}", "{dernier jour}", "{questionnaire}", "{enfant}")
_FIELD = re.compile(r"\{[^{}]*\}")
_LINK_BYTES = 20
_SHORTEST = "Écrivez une personne par ligne. Exemple : Prune Dupré ; prune@exemple.fr ; 06 00 00 00 01"


def personal_token(secret: bytes, invitation_id: int, serial: int) -> str:
    """The last part of a personal link: 160 bits derived from the community's key, of which only a hash is stored."""
    message = f"surveys.invitation:{invitation_id}:{serial}".encode()
    digest = hmac.new(secret, message, hashlib.sha256).digest()[:_LINK_BYTES]
    return base64.b32encode(digest).decode("ascii").lower()


def person_hash(secret: bytes, cohort_id: int, known_by: str) -> str:
    """What joins one person's answers: without the community's key nobody can try names or codes against it."""
    return hmac.new(secret, f"surveys.person:{cohort_id}:{known_by}".encode(), hashlib.sha256).hexdigest()


def check_code(mother: str, day: str, town: str) -> str:
    """The code a respondent makes, alike however it is typed; raises Refused at the part that is wrong."""
    letters = {"code_mother": fold(mother).replace(" ", "")[:2], "code_town": fold(town).replace(" ", "")[:2]}
    for name, kept in letters.items():
        if len(kept) < 2 or not kept.isalpha():
            raise Refused("Écrivez deux lettres.", name)
    if not (day.strip().isascii() and day.strip().isdigit() and 1 <= int(day) <= 31):
        raise Refused("Écrivez le jour seul, de 1 à 31.", "code_day")
    return f"{letters['code_mother']}{int(day):02d}{letters['code_town']}"


def opens(door: Door, today: date) -> bool:
    """Whether somebody may answer through it for the first time."""
    invitation = door.invitation
    if not takes_answers(door.wave, today):
        return False
    resend = door.following is not None and door.following.resend
    return invitation is None or (not invitation.revoked and (not invitation.answered or resend))


def read_list(text: str) -> list[Listed]:
    """People, one a line: name, then e-mail and telephone in any order; raises Refused with the line to correct."""
    return [_person(cells, number) for number, cells in _lines(text)]


def read_families(text: str) -> list[Family]:
    """Children, one a line: child ; parent ; parent's e-mail or telephone ; teacher ; teacher's e-mail or telephone."""
    return [_family(cells, number) for number, cells in _lines(text)]


def _lines(text: str) -> list[tuple[int, list[str]]]:
    found = []
    for number, line in enumerate(clean_text(text).splitlines(), start=1):
        cells = [cell.strip() for cell in re.split(r"[;\t]|,(?=\s|$)", line)]
        if any(cells):
            found.append((number, cells))
    if not found:
        raise Refused(_SHORTEST, "lines")
    if len(found) > MOST_LINES:
        raise Refused(f"Collez {MOST_LINES} lignes au plus à la fois.", "lines")
    return found


def _family(cells: list[str], number: int) -> Family:
    if len(cells) > 5:
        raise Refused(f"Ligne {number} : cinq colonnes au plus, séparées par des points-virgules.", "lines")
    cells = [*cells, *[""] * (5 - len(cells))]
    others = [(Public.PARENT, cells[1:3]), (Public.TEACHER, cells[3:5])]
    return Family(
        _person(cells[:1], number),
        tuple((public, _person(about, number)) for public, about in others if any(about)),
    )


def _person(cells: Sequence[str], number: int) -> Listed:
    given, _, family = cells[0].partition(" ")
    if not given:
        raise Refused(f"Ligne {number} : il manque le nom de la personne.", "lines")
    email = phone = ""
    for cell in filter(None, cells[1:]):
        if _is_address(cell) and not email:
            email = cell
        elif is_phone(cell) and not phone:
            phone = cell
        else:
            raise Refused(f"Ligne {number} : « {cell} » n’est ni une adresse ni un numéro de téléphone.", "lines")
    return Listed(given, family.strip() or "", email, phone)


def is_due(person: Invitation, kind: Letter, day: date) -> bool:
    """Whether the letter goes to this person by e-mail on that day: an invitation once, a reminder once a day."""
    if kind is Letter.INVITATION:
        return person.waits and bool(person.email) and person.invited_on is None
    return person.waits and bool(person.email) and person.reminded_on != day


def _is_address(text: str) -> bool:
    """Mail servers take letters without accents alone."""
    return text.isascii() and is_email(text)


def dialled(phone: str) -> str:
    """A number as one dials it from France: a spreadsheet reads a leading + as a sum."""
    digits = re.sub(r"[^\d+]", "", phone)
    if digits.startswith("+33"):
        home = "0" + digits[3:].lstrip("0")
        return " ".join(home[place : place + 2] for place in range(0, len(home), 2))
    return f"00 {digits[1:]}" if digits.startswith("+") else phone


def check_address(address: str, field: str) -> str:
    """An e-mail address; raises Refused at `field`."""
    if not _is_address(address):
        raise Refused("Écrivez une adresse de courriel. Exemple : pre@exemple.fr", field)
    return address


def check_letter(letter: LetterText) -> LetterText:
    """Raises Refused when the link is missing, or a field in braces is unknown."""
    for name, text in (("subject", letter.subject), ("words", letter.words), ("short", letter.short)):
        unknown = [found for found in _FIELD.findall(text) if found not in FIELDS]
        if unknown:
            raise Refused(f"{unknown[0]} n’existe pas. Champs possibles : {' '.join(FIELDS)}", name)
        if name != "subject" and "{lien}" not in text:
            raise Refused("Le lien manque : écrivez {lien} là où il doit paraître.", name)
    return letter


def default_letter(kind: Letter) -> LetterText:
    """What is proposed before anybody writes a text."""
    closing = "Répondre n’est pas obligatoire. Vous avez jusqu’au {dernier jour}."
    ask = "Bonjour {prénom},\n\nVotre avis nous est utile. Quelques minutes suffisent, sur un téléphone :\n{lien}\n\n"
    again = "Bonjour {prénom},\n\nIl est encore temps de répondre au questionnaire. Quelques minutes suffisent :\n{lien}\n\n"
    if kind is Letter.INVITATION:
        return LetterText(kind, "{questionnaire}", ask + closing, "Votre avis compte, jusqu’au {dernier jour} : {lien}")
    return LetterText(
        kind,
        "Rappel : {questionnaire}",
        again + closing,
        "Vous pouvez encore répondre, jusqu’au {dernier jour} : {lien}",
    )


def fill(text: str, invitation: Invitation, wave: Wave, link: str) -> str:
    """A letter for one person."""
    values = {
        "{prénom}": invitation.given_name,
        "{lien}": link,
        "{dernier jour}": long_date(wave.ended_on),
        "{questionnaire}": wave.questionnaire.title,
        "{enfant}": invitation.about,
    }
    return _FIELD.sub(lambda found: values.get(found[0], found[0]), french(text))


def tells_who(responses: int, following: bool) -> bool:
    """Whether the names of those who answered may be shown: few answers to an anonymous wave would be recognised."""
    return following or responses >= FEW


def measures(questionnaire: Questionnaire) -> list[tuple[str, str]]:
    """What may be announced as the outcome: the whole scale, one of its dimensions, or one item; code and words."""
    items = [(item.code, french(f"La question : {item.text}")) for item in questionnaire.items]
    if len(items) < 2:
        return items
    dimensions = [(each.code, french(f"Le thème : {each.text}")) for each in questionnaire.dimensions]
    return [(WHOLE, "L’ensemble des questions à cinq réponses"), *dimensions, *items]


def outcomes(cohort: Cohort) -> list[tuple[str, str]]:
    """Every measure of every public, as "public/measure"."""
    first: dict[Public, CohortWave] = {}
    for each in cohort.waves:
        first.setdefault(each.public, each)
    return [
        (f"{public.value}/{code}", french(f"{public.label}. {words}"))
        for public, each in first.items()
        for code, words in measures(each.wave.questionnaire)
    ]


def check_outcome(cohort: Cohort) -> None:
    """Raises Refused once somebody answered: an outcome chosen after the answers proves nothing."""
    if cohort.is_locked:
        raise Refused("Des réponses sont arrivées : ce qui compte ne peut plus changer.")


def check_milestones(days: Milestones) -> None:
    """Raises Refused at the day that comes before an earlier step, or that has no reason."""
    if days.started_on and days.started_on < days.spotted_on:
        raise Refused("Le début vient avant le repérage : choisissez un jour plus tard.", "started_on")
    if days.completed_on and (not days.started_on or days.completed_on < days.started_on):
        raise Refused("La fin vient avant le début : choisissez un jour plus tard.", "completed_on")
    if days.lost_on and days.lost_on < days.spotted_on:
        raise Refused("Ce jour vient avant le repérage : choisissez un jour plus tard.", "lost_on")
    if bool(days.lost_on) != bool(days.loss):
        name = "loss" if days.lost_on else "lost_on"
        raise Refused("Indiquez le jour et la raison, ou ni l’un ni l’autre.", name)


def reads_names(actor: Actor, team: Collection[int]) -> bool:
    """Whether somebody who runs questionnaires reads the names of a cohort: its team, and who sees every child.

    Without a team, the coordination alone does.
    """
    return may(actor, Action.RUN_SURVEYS) and (sees_whole_file(actor) or actor.member_id in team)


def is_over(last: date, months: int, today: date) -> bool:
    """Whether so many months have passed since a person's last sign; a shorter month ends on its last day."""
    year, month = divmod(last.year * 12 + last.month - 1 + months, 12)
    return date(year, month + 1, min(last.day, monthrange(year, month + 1)[1])) <= today


def steps_by_year(people: Sequence[Person], today: date) -> list[tuple[Period, dict[Step, int], int]]:
    """By school year since the first spotting: who was spotted, started, completed, was lost, then was followed."""
    if not people:
        return []
    first = min(person.spotted_on for person in people)
    year = first.year if first in school_year(first.year) else first.year - 1
    found = []
    while (period := school_year(year)).start <= today:
        reached = {
            Step.SPOTTED: sum(person.spotted_on in period for person in people),
            Step.STARTED: sum(bool(person.started_on and person.started_on in period) for person in people),
            Step.COMPLETED: sum(bool(person.completed_on and person.completed_on in period) for person in people),
            Step.LOST: sum(bool(person.lost_on and person.lost_on in period) for person in people),
        }
        followed = sum(_is_followed(person, period) for person in people)
        found.append((period, reached, followed))
        year += 1
    return found


def by_place(people: Sequence[Person]) -> list[tuple[SpottedAt, int]]:
    """How many were spotted in each place, unknown places last; nothing when no place is known."""
    found = [(place, count) for place in SpottedAt if (count := sum(each.spotted_at is place for each in people))]
    return [] if all(place is SpottedAt.UNKNOWN for place, _ in found) else found


def _is_followed(person: Person, period: Period) -> bool:
    """Started by the end of the year, and not lost before it began."""
    started = person.started_on is not None and person.started_on <= period.end
    return started and (person.lost_on is None or person.lost_on >= period.start)
