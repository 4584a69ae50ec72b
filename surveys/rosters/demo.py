"""An invented cohort: 60 children, a parent and a teacher of each, three moments, and the losses of a real one."""

from datetime import date, timedelta
from random import Random

from impact.audit import Actor, Deed, write
from impact.db import EncryptedDatabase
from impact.periods import last_complete_school_year
from surveys.definitions import get_standard
from surveys.records import Answer, NewWave, Questionnaire
from surveys.rosters import cohort_storage, invitation_storage
from surveys.rosters.records import Cohort, Door, Family, Listed, Milestones, NewMoment
from surveys.rosters.vocabulary import Loss, Public, Recognition
from surveys.storage import get_wave

CHILDREN, TEACHERS = 60, 6
ASKED = {
    Public.CHILD: "bien-etre-enfant",
    Public.PARENT: "ateliers-parents",
    Public.TEACHER: "observation-enseignant",
}
OUTCOME, SMALLEST = "child/feeling", 0.3
# How often somebody still followed answers at each moment, and how much answers move from one moment to the next.
_ANSWERS = {Public.CHILD: (0.97, 0.92, 0.9), Public.PARENT: (0.8, 0.68, 0.6), Public.TEACHER: (1.0, 0.93, 0.87)}
_MOVES = {Public.CHILD: 0.2, Public.PARENT: 0.12, Public.TEACHER: 0.02}
_LOST = {1: ((Loss.MOVED, 3), (Loss.REFUSED, 1)), 2: ((Loss.MOVED, 3), (Loss.UNREACHABLE, 3), (Loss.UNKNOWN, 1))}
_GIVEN = [
    "Abricot",
    "Airelle",
    "Amande",
    "Anémone",
    "Basilic",
    "Bleuet",
    "Bruyère",
    "Cassis",
    "Cerise",
    "Châtaigne",
    "Citron",
    "Coing",
    "Cumin",
    "Dahlia",
    "Fenouil",
    "Figue",
    "Framboise",
    "Gentiane",
    "Iris",
    "Jasmin",
    "Jonquille",
    "Lavande",
    "Lilas",
    "Mélisse",
    "Menthe",
    "Mûre",
    "Myrtille",
    "Olive",
    "Pêche",
    "Prune",
]
_FAMILY = [
    "Aubépine",
    "Bouleau",
    "Charme",
    "Cornouiller",
    "Cyprès",
    "Érable",
    "Frêne",
    "Genévrier",
    "Hêtre",
    "Houx",
    "Mélèze",
    "Merisier",
    "Noisetier",
    "Orme",
    "Peuplier",
    "Pommier",
    "Saule",
    "Sorbier",
    "Sureau",
    "Tilleul",
]


def fill(db: EncryptedDatabase, actor: Actor, today: date) -> None:
    """The cohort of the last complete school year, its outcome announced before the first answer."""
    chance, year = Random(20251006), last_complete_school_year(today)
    spotted = year.start + timedelta(days=14)
    days = [date(year.start.year, 10, 6), date(year.end.year, 2, 2), date(year.end.year, 6, 1)]
    with write(db, actor) as log:
        added = cohort_storage.add_cohort(db, actor, f"Entrants {year.code}", Recognition.LIST)
        # The first member coordinates the community: the names are hers to read.
        db.execute("INSERT OR IGNORE INTO cohort_team (cohort_id, member_id) SELECT ?, min(id) FROM member", (added,))
        cohort = cohort_storage.get_cohort(db, added)
        people = cohort_storage.add_people(db, actor, cohort, _families(chance), spotted, spotted_on=spotted)
        for person in people:
            cohort_storage.set_days(db, person, Milestones(spotted, days[0]))
        temper = {person: chance.gauss(0, 0.65) for person in people}
        _ask(db, actor, added, 1, days[0], temper, chance)
        for moment in (2, 3):
            _lose(db, moment - 1, days, temper, chance)
            _ask(db, actor, added, moment, days[moment - 1], temper, chance)
        for person in temper:
            cohort_storage.set_days(db, person, Milestones(spotted, days[0], year.end - timedelta(days=60)))
        log.note(Deed.CREATE, "demonstration")


def _families(chance: Random) -> list[Family]:
    teachers = [Listed(_GIVEN[n], _FAMILY[-1 - n], f"enseignant{n}@exemple.fr") for n in range(TEACHERS)]
    found = []
    for number in range(CHILDREN):
        family = _FAMILY[number % len(_FAMILY)]
        parent = Listed(_GIVEN[-1 - number % len(_GIVEN)], family, "", f"06 00 00 {number // 100:02d} {number:02d}")
        others = ((Public.PARENT, parent), (Public.TEACHER, chance.choice(teachers)))
        found.append(Family(Listed(_GIVEN[number // 2], family), others))
    return found


def _lose(db: EncryptedDatabase, moment: int, days: list[date], temper: dict[int, float], chance: Random) -> None:
    """Those who feel worst are lost a little more often, as happens."""
    for loss, count in _LOST[moment]:
        for _ in range(count):
            person = min(chance.sample(sorted(temper), 3), key=lambda each: temper[each])
            del temper[person]
            spotted = cohort_storage.spotted_on(db, person)
            lost = Milestones(spotted, days[0], None, days[moment] - timedelta(days=10), loss)
            cohort_storage.set_days(db, person, lost)


def _ask(
    db: EncryptedDatabase,
    actor: Actor,
    cohort_id: int,
    moment: int,
    day: date,
    temper: dict[int, float],
    chance: Random,
) -> None:
    for public, code in ASKED.items():
        cohort = cohort_storage.get_cohort(db, cohort_id)
        wave = NewWave(f"{cohort.title}, moment {moment}, {public.label.lower()}", day, day + timedelta(days=20))
        new = NewMoment(moment, public, False, wave)
        wave_id = cohort_storage.open_moment(db, actor, cohort, get_standard(code), new, day)
        if moment == 1 and public is Public.CHILD:
            _announce(db, actor, cohort_storage.get_cohort(db, cohort_id))
        _answer(db, wave_id, day, temper, chance, _ANSWERS[public][moment - 1], _MOVES[public] * (moment - 1))


def _announce(db: EncryptedDatabase, actor: Actor, cohort: Cohort) -> None:
    cohort_storage.set_outcome(db, actor, cohort, OUTCOME, SMALLEST, cohort.version)


def _answer(
    db: EncryptedDatabase,
    wave_id: int,
    day: date,
    temper: dict[int, float],
    chance: Random,
    often: float,
    move: float,
) -> None:
    wave, following = get_wave(db, wave_id), invitation_storage.get_following(db, wave_id)
    for invitation in invitation_storage.list_invitations(db, wave_id):
        if chance.random() < often:
            leaning = temper[invitation.person_id or 0] + move + chance.gauss(0, 0.25)
            received = day + timedelta(days=chance.randrange(20))
            answers = _one_person(wave.questionnaire, leaning, chance)
            key = f"{chance.getrandbits(128):032x}"
            invitation_storage.receive(db, Door(wave, invitation, following), received, key, answers)


def _one_person(questionnaire: Questionnaire, leaning: float, chance: Random) -> list[Answer]:
    found = []
    for item in questionnaire.items:
        level = min(5, max(1, round(3.25 + leaning + chance.gauss(0, 0.75))))
        if chance.random() < 0.97:
            found.append(Answer(item.code, level=6 - level if item.reversed else level))
    return found
