"""The invented cohort."""

from datetime import date

from impact.audit import Actor
from impact.db import EncryptedDatabase
from surveys.coding import storage as coding
from surveys.rosters import cohort_storage as storage
from surveys.rosters.demo import CHILDREN, PUPILS, fill, fill_programme
from surveys.rosters.interview_demo import ASKED
from surveys.rosters.vocabulary import Public, Step

TODAY = date(2026, 11, 20)


def test_sixty_children_and_who_answers_about_them_three_times(db: EncryptedDatabase, amina: Actor) -> None:
    fill(db, amina, TODAY)
    (cohort,) = storage.list_cohorts(db)
    assert [(each.moment, each.public) for each in cohort.waves] == [
        (moment, public) for moment in (1, 2, 3) for public in (Public.CHILD, Public.PARENT, Public.TEACHER)
    ]
    assert cohort.people == CHILDREN
    assert cohort.is_locked
    assert cohort.outcome == "child/feeling"
    people = storage.list_people(db, cohort.id)
    assert sum(person.step is Step.LOST for person in people) == 11
    assert all(set(person.respondents) == {Public.CHILD, Public.PARENT, Public.TEACHER} for person in people)
    # Six teachers answer about ten children each, and are stored once.
    assert db.value("SELECT count(*) FROM identity WHERE email LIKE 'enseignant%'") == 6


def test_pupils_are_followed_from_twelve_weeks_to_the_year_that_follows(db: EncryptedDatabase, amina: Actor) -> None:
    team = amina.member_id or 0
    fill_programme(db, amina, TODAY, team)
    (cohort,) = storage.list_cohorts(db)
    assert [(each.moment, each.public) for each in cohort.waves] == [
        (moment, public) for moment in (1, 2, 3) for public in (Public.CHILD, Public.PROFESSIONAL)
    ]
    assert (cohort.people, cohort.outcome) == (PUPILS, "child/future")
    assert sum(person.step is Step.LOST for person in storage.list_people(db, cohort.id)) == 5
    assert db.rows("SELECT member_id FROM cohort_team") == [{"member_id": team}]


def test_the_pupils_of_a_programme_are_interviewed_from_start_to_end_and_two_people_read(
    db: EncryptedDatabase, amina: Actor
) -> None:
    fill_programme(db, amina, TODAY, amina.member_id or 0)
    (cohort,) = storage.list_cohorts(db)
    interviews = [each.wave for each in cohort.waves if each.public is Public.PROFESSIONAL]
    assert cohort.people == PUPILS
    assert [(each.invited, each.responses > 10) for each in interviews] == [(24, True), (22, True), (19, True)]
    read = [coding.coded_question(db, wave, ASKED) for wave in interviews]
    assert len({tuple(theme.id for theme in coded.themes) for coded in read}) == 1
    assert all(len(answer.apart) == 2 for coded in read for answer in coded.answers)
    assert any(answer.differs for coded in read for answer in coded.answers)
