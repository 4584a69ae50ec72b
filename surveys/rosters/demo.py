"""Two invented cohorts, with the losses of real ones.

In the PRE, 60 children, a parent and a teacher of each; in the cité éducative, the 24 pupils of a programme of twelve
weeks, then of a year.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from impact.audit import Actor, Deed, write
from impact.communities.storage import list_members
from impact.db import EncryptedDatabase
from impact.periods import last_complete_school_year
from surveys.definitions import get_standard
from surveys.records import Answer, NewWave, Questionnaire
from surveys.rosters import cohort_storage, invitation_storage
from surveys.rosters.interview_demo import INTERVIEW, read_twice, said_at
from surveys.rosters.records import Door, Family, Listed, Milestones, NewMoment
from surveys.rosters.vocabulary import Loss, Public, Recognition, SpottedAt
from surveys.storage import get_wave

CHILDREN, TEACHERS, PUPILS = 60, 6, 24
INTERVIEWER = Listed("Noisette", "Sureau", "noisette@exemple.fr")
SMALLEST = 0.3
Losses = Mapping[int, tuple[tuple[Loss, int], ...]]
_LOST: Losses = {
    1: ((Loss.MOVED, 3), (Loss.REFUSED, 1)),
    2: ((Loss.MOVED, 3), (Loss.UNREACHABLE, 3), (Loss.UNKNOWN, 1)),
}
_PUPILS_LOST: Losses = {1: ((Loss.REFUSED, 2),), 2: ((Loss.MOVED, 2), (Loss.UNREACHABLE, 1))}


@dataclass(frozen=True)
class Programme:
    """A cohort to invent: the questionnaire of each public, what it should change, its days, its losses by moment.

    `answers` says how often somebody still followed answers at each moment, `moves` how much answers move from one
    moment to the next; `told` is what each moment says of itself, when its questionnaire asks.
    """

    title: str
    team: int
    asked: Mapping[Public, str]
    outcome: str
    spotted: date
    spotted_at: SpottedAt
    days: tuple[date, date, date]
    ended: date
    lost: Losses
    answers: Mapping[Public, tuple[float, float, float]]
    moves: Mapping[Public, float]
    told: tuple[str, ...] = ()


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
    days = (date(year.start.year, 10, 6), date(year.end.year, 2, 2), date(year.end.year, 6, 1))
    programme = Programme(
        f"Entrants {year.code}",
        list_members(db)[0].id,
        {
            Public.CHILD: "bien-etre-enfant",
            Public.PARENT: "ateliers-parents",
            Public.TEACHER: "observation-enseignant",
        },
        "child/feeling",
        year.start + timedelta(days=14),
        SpottedAt.DISTRICT,
        days,
        year.end - timedelta(days=60),
        _LOST,
        {Public.CHILD: (0.97, 0.92, 0.9), Public.PARENT: (0.8, 0.68, 0.6), Public.TEACHER: (1.0, 0.93, 0.87)},
        {Public.CHILD: 0.2, Public.PARENT: 0.12, Public.TEACHER: 0.02},
    )
    _invent(db, actor, programme, _families(chance), chance)


def fill_programme(db: EncryptedDatabase, actor: Actor, today: date, team: int) -> None:
    """Pupils spotted in one school, twelve weeks of workshops, then the year that follows; `team` reads their names."""
    chance, year = Random(20250915), last_complete_school_year(today)
    days = (date(year.start.year, 9, 29), date(year.start.year, 12, 18), date(year.end.year, 6, 8))
    programme = Programme(
        f"Douze semaines au collège, {year.code}",
        team,
        {Public.CHILD: "representations-jeunes", Public.PROFESSIONAL: INTERVIEW},
        "child/future",
        year.start + timedelta(days=14),
        SpottedAt.SCHOOL,
        days,
        days[1],
        _PUPILS_LOST,
        {Public.CHILD: (1.0, 0.95, 0.9), Public.PROFESSIONAL: (0.95, 0.9, 0.9)},
        {Public.CHILD: 0.3, Public.PROFESSIONAL: 0.0},
        ("start", "end", "end"),
    )
    heard = ((Public.PROFESSIONAL, INTERVIEWER),)
    pupils = [Family(Listed(_GIVEN[rank], _FAMILY[rank * 7 % len(_FAMILY)]), heard) for rank in range(PUPILS)]
    _invent(db, actor, programme, pupils, chance)
    last = cohort_storage.list_cohorts(db)[0]
    read_twice(db, [each.wave for each in last.waves if each.wave.questionnaire.code == INTERVIEW])


def _invent(db: EncryptedDatabase, actor: Actor, programme: Programme, families: list[Family], chance: Random) -> None:
    spotted, days = programme.spotted, programme.days
    with write(db, actor) as log:
        added = cohort_storage.add_cohort(db, actor, programme.title, Recognition.LIST)
        db.execute("INSERT OR IGNORE INTO cohort_team (cohort_id, member_id) VALUES (?, ?)", (added, programme.team))
        cohort = cohort_storage.get_cohort(db, added)
        people = cohort_storage.add_people(db, actor, cohort, families, spotted, "", spotted, programme.spotted_at)
        for person in people:
            cohort_storage.set_days(db, person, Milestones(spotted, days[0]))
        temper = {person: chance.gauss(0, 0.65) for person in people}
        _ask(db, actor, added, programme, 1, temper, chance)
        for moment in (2, 3):
            _lose(db, programme, moment - 1, temper, chance)
            _ask(db, actor, added, programme, moment, temper, chance)
        for person in temper:
            cohort_storage.set_days(db, person, Milestones(spotted, days[0], programme.ended))
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


def _lose(db: EncryptedDatabase, programme: Programme, moment: int, temper: dict[int, float], chance: Random) -> None:
    """Those who feel worst are lost a little more often, as happens."""
    days = programme.days
    for loss, count in programme.lost[moment]:
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
    programme: Programme,
    moment: int,
    temper: dict[int, float],
    chance: Random,
) -> None:
    day = programme.days[moment - 1]
    for public, code in programme.asked.items():
        cohort = cohort_storage.get_cohort(db, cohort_id)
        wave = NewWave(f"{cohort.title}, moment {moment}, {public.label.lower()}", day, day + timedelta(days=20))
        new = NewMoment(moment, public, False, wave)
        wave_id = cohort_storage.open_moment(db, actor, cohort, get_standard(code), new, day)
        if moment == 1 and public is Public.CHILD:
            cohort = cohort_storage.get_cohort(db, cohort_id)
            cohort_storage.set_outcome(db, actor, cohort, programme.outcome, SMALLEST, cohort.version)
        _answer(db, wave_id, programme, moment, public, temper, chance)


def _answer(
    db: EncryptedDatabase,
    wave_id: int,
    programme: Programme,
    moment: int,
    public: Public,
    temper: dict[int, float],
    chance: Random,
) -> None:
    wave, following = get_wave(db, wave_id), invitation_storage.get_following(db, wave_id)
    often, move = programme.answers[public][moment - 1], programme.moves[public] * (moment - 1)
    interview = wave.questionnaire.code == INTERVIEW
    told = [Answer("moment", choices=(programme.told[moment - 1],))] if programme.told else []
    # Interviews are drawn apart: what is answered in figures stays as it was told.
    chance = Random(wave.title) if interview else chance
    for place, invitation in enumerate(invitation_storage.list_invitations(db, wave_id)):
        if chance.random() < often:
            leaning = temper[invitation.person_id or 0] + move + chance.gauss(0, 0.25)
            received = programme.days[moment - 1] + timedelta(days=chance.randrange(20))
            answers = said_at(moment, place) if interview else told + _one_person(wave.questionnaire, leaning, chance)
            key = f"{chance.getrandbits(128):032x}"
            invitation_storage.receive(db, Door(wave, invitation, following), received, key, answers)


def _one_person(questionnaire: Questionnaire, leaning: float, chance: Random) -> list[Answer]:
    found = []
    for item in questionnaire.items:
        level = min(5, max(1, round(3.25 + leaning + chance.gauss(0, 0.75))))
        if chance.random() < 0.97:
            found.append(Answer(item.code, level=6 - level if item.reversed else level))
    return found
