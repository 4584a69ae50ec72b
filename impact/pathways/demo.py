"""160 invented children in pathways, in the proportions of the national survey, and what Amina has to do today."""

import itertools
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from impact.accounts.access import FieldClass
from impact.audit import Actor, Deed, write
from impact.communities.storage import add_member, list_members
from impact.db import EncryptedDatabase
from impact.identities import Identity
from impact.pathways import demo_care
from impact.pathways import demo_words as words
from impact.pathways.demo_draws import weekday_before, working_day
from impact.pathways.demo_meetings import Team, meeting_day
from impact.pathways.demo_plans import FIRST_MOTIVES, Plan, draw_plans, other_plan
from impact.pathways.file_storage import get_file
from impact.pathways.pathway_storage import add_note, change_review, end_pathway, start_pathway
from impact.pathways.records import (
    Consent,
    Decision,
    DomainReview,
    DomainScore,
    Exit,
    Note,
    Objective,
    Orientation,
    Pathway,
    Situation,
)
from impact.pathways.review_storage import add_review
from impact.pathways.rules import SILENCE
from impact.pathways.storage import (
    OTHER_CHILD,
    add_consent,
    add_decision,
    add_situation,
    present_situation,
    save_orientation,
    seed_lists,
    withdraw_consent,
)
from impact.pathways.vocabulary import ContactKind, Means, ObjectiveResult, Outcome, Relation, Sex
from impact.periods import Period, last_complete_school_year

# Situations of the year that were not taken up, and those of this autumn that wait for somebody.
NOT_TAKEN = {Outcome.ELSEWHERE: 9, Outcome.REFUSED: 6}
NO_AGREEMENT_DAYS = (3, 6, 9, 13)
UNDECIDED_DAYS = (4, 8, 11, 19, 24)
ALL_FIELDS = frozenset(FieldClass)
CLASSES = frozenset({FieldClass.SCHOOL, FieldClass.SOCIAL})


class Maker:
    """Writes plans; one random sequence, so that the same seed gives the same PRE."""

    def __init__(self, db: EncryptedDatabase, actor: Actor, today: date, rng: Random) -> None:
        self.db, self.actor, self.today, self.rng = db, actor, today, rng
        self.talk = Random(len(words.FAMILY_NAMES))
        self.team, self.year = Team(db, actor, today), last_complete_school_year(today)
        self.names = {
            sex: self._shuffled(given, words.FAMILY_NAMES)
            for sex, given in ((Sex.GIRL, words.GIRLS), (Sex.BOY, words.BOYS))
        }

    def situation(self, plan: Plan, received_on: date, received_by: int | None) -> int:
        """A situation with a child of a name never used before."""
        given, family = self.names[plan.sex].pop()
        second = self.rng.choice([code for code in (*FIRST_MOTIVES, "leisure", "health") if code != plan.motive])
        motives = (plan.motive, second) if self.rng.random() < 0.45 else (plan.motive,)
        situation = Situation(
            child=Identity(family, given, plan.birth),
            sex=plan.sex,
            received_on=received_on,
            received_by=received_by,
            origin=plan.origin,
            motives=motives,
            context=self.rng.choice(words.CONTEXTS),
        )
        added = add_situation(self.db, self.actor, situation, self.today, known=OTHER_CHILD, confirmed_age=True)
        save_orientation(self.db, self.actor, added, self._orientation(situation), self.today)
        return added

    def _orientation(self, situation: Situation) -> Orientation:
        """What the sender said; drawn apart, so that the figures of the demonstration do not depend on it."""
        role, institution = words.SENDERS[situation.origin]
        return Orientation(
            sender=Identity(self.talk.choice(words.FAMILY_NAMES), self.talk.choice(words.ADULTS)),
            sender_role=role,
            institution=institution,
            tried=self.talk.choice(words.TRIED),
            informed_by=role,
            informed_on=situation.received_on - timedelta(self.talk.randrange(1, 8)),
            child_wish=self.talk.choice(words.CHILD_WISHES),
            parents_wish=self.talk.choice(words.PARENTS_WISHES),
        )

    def consent(self, situation_id: int, given_on: date, scope: frozenset[FieldClass]) -> None:
        """A parent of the same name agrees."""
        family = get_file(self.db, situation_id).situation.child.family_name
        given = self.rng.choice(words.ADULTS)
        relation = Relation.MOTHER if words.ADULTS.index(given) < 6 else Relation.FATHER
        means = Means.WRITTEN if self.rng.random() < 0.9 else Means.ORAL
        consent = Consent(Identity(family, given), relation, given_on, means, scope, "Formulaire d’accord, 2024")
        add_consent(self.db, self.actor, situation_id, consent, self.today)

    def decide(self, situation_id: int, day: date, outcome: Outcome) -> None:
        """The support team's word, with its reason when it is no pathway; last year's were given at its meetings."""
        decision = Decision(day, outcome, words.NOT_TAKEN.get(outcome.value, ""))
        if day in self.year and outcome is not Outcome.REFUSED:
            self.team.decide(situation_id, decision)
        else:
            add_decision(self.db, self.actor, situation_id, decision, self.today)

    def pathway(self, plan: Plan) -> int:
        """The whole story of one child, from the referral to the exit or to today."""
        decided = meeting_day(weekday_before(plan.started_on, self.rng.randrange(3, 20)))
        agreed = weekday_before(decided, self.rng.randrange(1, 14))
        received = weekday_before(agreed, self.rng.randrange(1, 14))
        added = self.situation(plan, received, plan.referent_id)
        scope = CLASSES | {FieldClass.HEALTH} if self.rng.random() < 0.3 else CLASSES
        self.consent(added, agreed, scope)
        self.decide(added, decided, Outcome.PATHWAY)
        objectives = [Objective(*pair, starting_level=2) for pair in words.OBJECTIVES[plan.motive]]
        review = self._review(plan)
        start_pathway(
            self.db,
            self.actor,
            added,
            plan.started_on,
            review,
            plan.referent_id,
            objectives,
            self.today,
            profile=words.PROFILES[added % len(words.PROFILES)],
        )
        self._other_profile(added, plan, review)
        told: set[str] = set()
        set_out = self._pathway(added).objectives
        for day in self._contacts(plan):
            self.note(added, plan, day, scope, set_out, told)
        self.reviews(added, plan)
        if plan.ended_on:
            self.leave(added, plan)
        return added

    def _other_profile(self, situation_id: int, plan: Plan, review: date) -> None:
        """One child in seven was followed otherwise after five months."""
        since = plan.started_on + timedelta(150)
        if situation_id % 7 == 0 and since < (plan.ended_on or self.today):
            profile = words.PROFILES[(situation_id + 1) % len(words.PROFILES)]
            change_review(
                self.db, self.actor, situation_id, review, 1, self.today, profile=profile, profile_since=since
            )

    def reviews(self, situation_id: int, plan: Plan) -> None:
        """A first review a month after the start, then one every seven months; some progress, some stay, some decline."""
        day, last = plan.started_on + timedelta(30), plan.ended_on or self.today - timedelta(10)
        scores = {domain: self.talk.randint(2, 4) for domain in words.REVIEWED}
        review_on = self._pathway(situation_id).review_on
        while day <= last:
            given = tuple(DomainScore(each, score, words.SCORE_REASONS[score - 1]) for each, score in scores.items())
            if plan.review_passed and review_on and review_on <= day:
                return
            review_on = review_on if review_on and review_on > day else None
            review = DomainReview(day, given)
            add_review(
                self.db,
                self.actor,
                situation_id,
                review,
                review_on,
                self.today,
                readable=ALL_FIELDS,
                member_id=plan.referent_id,
            )
            for domain, score in scores.items():
                step = self.talk.choices((-1, 0, 1, 2), words.REVIEWED[domain])[0]
                scores[domain] = min(5, max(1, score + step))
            day = working_day(day + timedelta(210))

    def note(
        self,
        situation_id: int,
        plan: Plan,
        day: date,
        scope: frozenset[FieldClass],
        objectives: Sequence[Objective],
        told: set[str],
    ) -> None:
        """One contact, written the same evening; what was told of the child is not told again."""
        healthy = FieldClass.HEALTH in scope and not told & set(words.FACTS["health"])
        about = FieldClass.HEALTH if healthy and self.rng.random() < 0.12 else None
        field_class = about or self.rng.choice((FieldClass.SCHOOL, FieldClass.SOCIAL))
        observed = self.rng.choice([fact for fact in words.FACTS[field_class.value] if fact not in told])
        told.add(observed)
        note = Note(
            contact_on=day,
            contact_kind=self.rng.choice(list(ContactKind)[:5]),
            minutes=self.rng.choice((10, 15, 20, 25, 30, 45, 60, None)),
            objective_id=self.rng.choice(objectives).id,
            field_class=field_class,
            observed=observed,
            appreciation=self.rng.choice(words.APPRECIATIONS) if self.rng.random() < 0.3 else "",
            member_id=plan.referent_id,
            with_whom=words.MET[day.toordinal() % len(words.MET)],
            **self._next_step(plan, day),
        )
        evening = datetime.combine(day, time(17, self.rng.randrange(60)), UTC)
        add_note(self.db, self.actor, situation_id, note, self.today, written_at=evening, readable=ALL_FIELDS)

    def _next_step(self, plan: Plan, day: date) -> dict[str, Any]:
        if plan.ended_on or plan.silent or self.today - day > timedelta(20) or self.talk.random() > 0.4:
            return {}
        return {
            "next_step": self.talk.choice(words.NEXT_STEPS),
            "next_on": working_day(day + timedelta(self.talk.randrange(7, 28))),
        }

    def leave(self, situation_id: int, plan: Plan) -> None:
        """The exit: most objectives are reached when the reason is that they are."""
        objectives = self._pathway(situation_id).objectives
        assert plan.ended_on is not None
        weights = {"reached": (8, 2, 0, 0), "ordinary_services": (4, 4, 1, 1)}.get(plan.reason, (2, 3, 3, 2))
        drawn = self.rng.choices(list(ObjectiveResult), weights, k=len(objectives))
        results = {objective.id: result for objective, result in zip(objectives, drawn, strict=True)}
        told = (words.CHILD_OPINIONS, words.PARENTS_OPINIONS, words.REFERENT_OPINIONS)
        heard = [self.talk.random() < share for share in words.HEARD]
        child, parents, referent = (
            self.talk.choice(each) if said else "" for each, said in zip(told, heard, strict=True)
        )
        levels = {key: words.LEVELS[result.value] for key, result in results.items() if result.value in words.LEVELS}
        relay = words.RELAYS.get(plan.reason, "")
        leaving = Exit(plan.ended_on, plan.reason, relay, results, child, parents, referent, levels)
        end_pathway(self.db, self.actor, situation_id, leaving, self.today)

    def _pathway(self, situation_id: int) -> Pathway:
        pathway = get_file(self.db, situation_id).pathway
        assert pathway is not None
        return pathway

    def _shuffled(self, given: list[str], family: list[str]) -> list[tuple[str, str]]:
        pairs = list(itertools.product(given, family))
        self.rng.shuffle(pairs)
        return pairs

    def _review(self, plan: Plan) -> date:
        if plan.review_passed:
            return weekday_before(self.today, self.rng.randrange(6, 20))
        if plan.ended_on:
            return plan.started_on + timedelta(180)
        return working_day(self.today + timedelta(self.rng.randrange(5, 120)))

    def _contacts(self, plan: Plan) -> list[date]:
        last = plan.ended_on or (self.today - SILENCE - timedelta(1) if plan.silent else self.today)
        span = (last - plan.started_on).days
        days = [plan.started_on + timedelta(self.rng.randrange(span + 1)) for _ in range(self.rng.randrange(2, 5))]
        if not plan.ended_on and not plan.silent:
            days.append(weekday_before(self.today, self.rng.randrange(1, 35)))
        return sorted({working_day(day) if working_day(day) <= last else day for day in days})


def fill(db: EncryptedDatabase, actor: Actor, today: date, seed: int = 2026) -> None:
    """The children of the last complete school year and the situations of this autumn, in one transaction."""
    rng = Random(seed)
    year = last_complete_school_year(today)
    with write(db, actor) as log:
        seed_lists(db, actor, date(2020, 9, 1))
        referents = _referents(db, actor, year)
        maker = Maker(db, actor, today, rng)
        plans = draw_plans(rng, year, today, referents)
        added = [maker.pathway(plan) for plan in plans]
        demo_care.fill(db, actor, today, added)
        _withdraw_one(maker, plans, added)
        _not_taken(maker, year, referents)
        # The situation that came in since the agenda was made waits for a meeting.
        maker.team.prepare(_waiting(maker, referents)[1:])
        log.note(Deed.CREATE, "demonstration")


def _referents(db: EncryptedDatabase, actor: Actor, year: Period) -> list[int]:
    """The coordinator, who follows a few children, Basile, and three members without an account."""
    known = {member.name: member.id for member in list_members(db)}
    personas = [known[name] for name in ("Amina Vertefeuille", "Basile Tournelac") if name in known]
    return personas + [
        add_member(db, actor, Identity(family, given), None, date(year.start.year - 2, 9, 1))
        for family, given in words.REFERENTS
    ]


def _withdraw_one(maker: Maker, plans: list[Plan], added: list[int]) -> None:
    """One family changed its mind last week: nothing more is written about the child."""
    for plan, situation_id in zip(plans, added, strict=True):
        if not (plan.ended_on or plan.silent or plan.review_passed):
            withdraw_consent(maker.db, maker.actor, situation_id, maker.today - timedelta(4), maker.today)
            return


def _not_taken(maker: Maker, year: Period, referents: list[int]) -> None:
    for outcome, count in NOT_TAKEN.items():
        for _ in range(count):
            received = working_day(year.start + timedelta(maker.rng.randrange(20, 300)))
            added = maker.situation(other_plan(maker.rng, year), received, referents[0])
            if outcome is Outcome.ELSEWHERE:
                maker.consent(added, working_day(received + timedelta(4)), CLASSES)
            maker.decide(added, meeting_day(received + timedelta(19)), outcome)


def _waiting(maker: Maker, referents: list[int]) -> list[int]:
    """Situations of this autumn; those that have their agreement, the latest one first."""
    year, today = last_complete_school_year(maker.today), maker.today
    for days in NO_AGREEMENT_DAYS:
        maker.situation(other_plan(maker.rng, year), weekday_before(today, days), referents[0])
    undecided = []
    for days in UNDECIDED_DAYS:
        received = weekday_before(today, days)
        added = maker.situation(other_plan(maker.rng, year), received, referents[1])
        maker.consent(added, min(today, working_day(received + timedelta(2))), CLASSES)
        present_situation(maker.db, maker.actor, added, today)
        if days == max(UNDECIDED_DAYS):
            maker.team.wait(added, working_day(received + timedelta(7)))
        undecided.append(added)
    return undecided
