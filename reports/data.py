"""The one door to the packages on the left: frames without names, and the words of their codes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar, cast

import pandas as pd

from impact.cooperation.frames import (
    action_age_frame,
    action_frame,
    committee_presence_frame,
    funding_frame,
    level_frame,
    link_frame,
    mandate_frame,
    meeting_frame,
    round_frame,
)
from impact.cooperation.vocabulary import ActionState, AgeBand
from impact.db import EncryptedDatabase
from impact.events.frames import class_presence_frame, event_frame, event_heads_frame, offer_frame, series_target_frame
from impact.families.frames import family_presence_frame
from impact.mediation.frames import Mediated, mediated, mediated_of, site_names
from impact.mediation.vocabulary import Axis, MediationList, SiteKind
from impact.pathways.frame_storage import (
    domain_frame,
    episode_frame,
    motive_frame,
    note_frame,
    objective_frame,
    pathway_action_frame,
    profile_frame,
    referent_frame,
    schooling_frame,
    situation_frame,
)
from impact.pathways.outcome_frames import exit_frame, support_meeting_frame
from impact.pathways.vocabulary import (
    ContactKind,
    InQpv,
    Level,
    ObjectiveResult,
    Outcome,
    PriorityNetwork,
    ReferenceList,
    Sex,
)
from impact.periods import Period
from impact.plans.frames import time_frame
from impact.reference_lists import labels
from impact.schools.frames import school_year_frame
from impact.schools.records import MixRule
from impact.schools.storage import get_rule
from impact.schools.vocabulary import SchoolLevel
from impact.vocabulary import OrganisationKind, Term
from impact.workshops.frames import attendance_frame, organisation_frame, workshop_frame
from impact.workshops.storage import list_cycles
from reports.records import REVERSED
from surveys.coding.records import CodedQuestion
from surveys.coding.storage import coded_questions
from surveys.records import Item as AskedItem
from surveys.records import Questionnaire
from surveys.rosters.cohort_storage import cohort_frame, followed_frame, list_cohorts, loss_frame
from surveys.rosters.rules import WHOLE
from surveys.rosters.vocabulary import Loss, Public
from surveys.storage import amount_frame, answer_frame, choice_frame, list_waves, wave_frame
from surveys.vocabulary import WITH_CHOICES, QuestionKind

Kept = TypeVar("Kept")
AGE_BANDS = {"2-5": "2 à 5 ans", "6-10": "6 à 10 ans", "11-16": "11 à 16 ans", "17+": "17 ans et plus"}
UNDECIDED = {"undecided": "Sans décision"}
STAGES = {"nursery": "Maternelle", "primary": "Élémentaire", "college": "Collège", "lycee": "Lycée"}
OPINIONS = {"child": "Avis de l’enfant", "parents": "Avis des parents", "referent": "Avis du référent"}
MONTHS = {str(months): f"{months} mois" for months in (6, 12, 18, 24)}


@dataclass(frozen=True)
class Item:
    """A closed question as it was asked: its levels from the least to the most favourable, with their words."""

    code: str
    label: str
    levels: Mapping[int, str]
    reversed: bool = False

    @property
    def favourable_label(self) -> str:
        """What stands beside a count of favourable answers: agreeing with a reversed sentence is not one."""
        return f"{self.label.rstrip('.')}{REVERSED}" if self.reversed else self.label


@dataclass(frozen=True)
class Scale:
    """Items read together as a score from 1 to 5: the whole questionnaire, or one of its dimensions."""

    code: str
    label: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """A question answered otherwise than by a level: a list with its choices, a mark from 0 to 10, or a number."""

    code: str
    label: str
    kind: QuestionKind
    choices: Mapping[str, str]


@dataclass(frozen=True)
class Data:
    """Everything that computing may see of a community; no name, birth date, address or free text.

    Columns: `workshops` cycle_id, workshop_id, held_on, state, title, head_count, core_threshold; `attendance` cycle_id,
    workshop_id, held_on, member_id, organisation_id, organisation_kind; `organisations` organisation_id, kind;
    `situations` situation_id, child_id, home, received_on, sex, age_band, origin, first_outcome, outcome, decided_on,
    pathway_id, started_on, ended_on, exit_reason, expected_end_on; `profiles` situation_id, pathway_id, since_on, profile, oldest first;
    `episodes` pathway_id, rank, started_on, ended_on, exit_reason, one row per stretch of a pathway (an exit stays when the pathway is reopened); `motives` situation_id, code, position; `objectives` pathway_id,
    objective_id, result, level_before, level_after; `notes` pathway_id, contact_on, contact_kind, minutes; `domains`
    pathway_id, domain, reviewed_on, score; `schooling` child_id, school_year, level, qpv, priority; `pathway_actions`
    pathway_id, action_id, domain, started_on, ended_on, hours, cost, cofunded (euros); `referents` pathway_id, member_id,
    since_on, until_on; `exits` pathway_id, exit_id, ended_on, relayed, child_said, parents_said, referent_said;
    `support_meetings` meeting_id, held_on, situations, invited, present; `waves` wave_id, questionnaire_code,
    opens_on, closes_on, invited, responses; `link_rounds` round_id, held_on; `links` round_id, declarer_id, partner_id,
    question_id, kind, made_on; `actions` action_id, state, starts_on, ends_on, partners; `action_ages` action_id, age_band;
    `fundings` action_id, asked, granted, spent; `meetings` meeting_id, held_on, kind, people; `meeting_presences`
    meeting_id, organisation_id, organisation_kind; `family_presences` workshop_id, held_on, family_id, adults, children; `mandates` member_id, joined_on,
    left_on, mandated_on, until_on; `levels` organisation_id, level, form; `events` event_id, series_id,
    kind, held_on, registered, excused, on_site, remote; `event_heads` event_id, series_id, organisation_kind, present;
    `class_presences` event_id, series_id, class_id, size, present; `series_targets` series_id, organisation_kind, percent;
    `offers` offer_id, offered_on, opinions, relevant; `coordination` day, kind, minutes. `answers` (response_id, question, level) and `items` go by wave_id;
    `choices` (response_id, question, choice, position), `amounts` (response_id, question, amount) and `asked` too;
    `scales` and `coded` (open questions as two people read them) too. `cohorts` cohort_id, outcome, smallest, moment, public, wave_id, invited,
    people; `followed` cohort_id, moment, public, wave_id, person, response_id; `losses` cohort_id, loss, lost_on. `schools`
    school_id, school, level, sector, year (of the start), then published figures; `mix_rule` says which are far from the mean. `mediation`: its
    sites, postings, weeks and activities.
    `labels` by list ("motive", "origin"...), then code, in the order in which they are shown.
    """

    workshops: pd.DataFrame
    attendance: pd.DataFrame
    organisations: pd.DataFrame
    situations: pd.DataFrame
    episodes: pd.DataFrame
    profiles: pd.DataFrame
    motives: pd.DataFrame
    objectives: pd.DataFrame
    notes: pd.DataFrame
    domains: pd.DataFrame
    schooling: pd.DataFrame
    pathway_actions: pd.DataFrame
    referents: pd.DataFrame
    exits: pd.DataFrame
    support_meetings: pd.DataFrame
    waves: pd.DataFrame
    link_rounds: pd.DataFrame
    links: pd.DataFrame
    actions: pd.DataFrame
    action_ages: pd.DataFrame
    fundings: pd.DataFrame
    meetings: pd.DataFrame
    meeting_presences: pd.DataFrame
    family_presences: pd.DataFrame
    mandates: pd.DataFrame
    levels: pd.DataFrame
    events: pd.DataFrame
    event_heads: pd.DataFrame
    class_presences: pd.DataFrame
    series_targets: pd.DataFrame
    offers: pd.DataFrame
    coordination: pd.DataFrame
    answers: Mapping[int, pd.DataFrame]
    items: Mapping[int, tuple[Item, ...]]
    labels: Mapping[str, Mapping[str, str]]
    choices: Mapping[int, pd.DataFrame] = field(default_factory=dict)
    amounts: Mapping[int, pd.DataFrame] = field(default_factory=dict)
    asked: Mapping[int, tuple[Asked, ...]] = field(default_factory=dict)
    scales: Mapping[int, tuple[Scale, ...]] = field(default_factory=dict)
    coded: Mapping[int, tuple[CodedQuestion, ...]] = field(default_factory=dict)
    cohorts: pd.DataFrame = field(default_factory=pd.DataFrame)
    followed: pd.DataFrame = field(default_factory=pd.DataFrame)
    losses: pd.DataFrame = field(default_factory=pd.DataFrame)
    schools: pd.DataFrame = field(default_factory=pd.DataFrame)
    mix_rule: MixRule = field(default_factory=MixRule)
    # What was worked out of these data, to be read again: nothing of it outlives them.
    kept: dict[object, object] = field(default_factory=dict, init=False, compare=False, repr=False)
    mediation: Mediated = field(default_factory=mediated_of)

    def once(self, key: object, make: Callable[[], Kept]) -> Kept:
        """What `make` gives, made at the first asking only; whoever reads it changes nothing of it."""
        if key not in self.kept:
            self.kept[key] = make()
        return cast(Kept, self.kept[key])


def load(db: EncryptedDatabase, period: Period) -> Data:
    """Everything of one community; ages are those of the first day of the period."""
    waves = list_waves(db)
    return Data(
        workshops=workshop_frame(db),
        attendance=attendance_frame(db),
        organisations=organisation_frame(db),
        situations=situation_frame(db, period.start),
        episodes=episode_frame(db),
        profiles=profile_frame(db),
        motives=motive_frame(db),
        objectives=objective_frame(db),
        notes=note_frame(db),
        domains=domain_frame(db),
        schooling=schooling_frame(db),
        pathway_actions=pathway_action_frame(db),
        referents=referent_frame(db),
        exits=exit_frame(db),
        support_meetings=support_meeting_frame(db),
        waves=wave_frame(db),
        link_rounds=round_frame(db),
        links=link_frame(db),
        actions=action_frame(db),
        action_ages=action_age_frame(db),
        fundings=funding_frame(db),
        meetings=meeting_frame(db),
        meeting_presences=committee_presence_frame(db),
        family_presences=family_presence_frame(db),
        mandates=mandate_frame(db),
        levels=level_frame(db),
        events=event_frame(db),
        event_heads=event_heads_frame(db),
        class_presences=class_presence_frame(db),
        series_targets=series_target_frame(db),
        offers=offer_frame(db),
        coordination=time_frame(db),
        answers={wave.id: _favourable_up(wave.questionnaire, answer_frame(db, wave.id)) for wave in waves},
        items={wave.id: _items(wave.questionnaire) for wave in waves},
        labels={
            "cycle": {str(cycle.id): cycle.name for cycle in list_cycles(db)},
            "organisation_kind": _words(OrganisationKind),
            "action_state": _words(ActionState),
            "action_age": _words(AgeBand),
            "sex": _words(Sex, Sex.UNKNOWN),
            "age_band": AGE_BANDS,
            "outcome": {**_words(Outcome), **UNDECIDED},
            "result": _words(ObjectiveResult, ObjectiveResult.UNKNOWN),
            "contact_kind": _words(ContactKind),
            "level": _words(Level, Level.UNKNOWN),
            "qpv": _words(InQpv, InQpv.UNKNOWN),
            "priority": _words(PriorityNetwork, PriorityNetwork.UNKNOWN),
            "stage": STAGES,
            "opinion": OPINIONS,
            "months": MONTHS,
            "cohort": {str(cohort.id): cohort.title for cohort in list_cohorts(db)},
            "public": _words(Public),
            "loss": _words(Loss),
            "school_level": _words(SchoolLevel),
            "site": site_names(db),
            "site_kind": {kind.value: kind.several for kind in SiteKind},
            "axis": _words(Axis),
            **{name.value: labels(db, name.value) for name in MediationList},
            "questionnaire": {wave.questionnaire.code: wave.questionnaire.title for wave in reversed(waves)},
            **{name.value: labels(db, name.value) for name in ReferenceList},
        },
        choices={wave.id: choice_frame(db, wave.id) for wave in waves},
        amounts={wave.id: amount_frame(db, wave.id) for wave in waves},
        asked={wave.id: _asked(wave.questionnaire) for wave in waves},
        scales={wave.id: _scales(wave.questionnaire) for wave in waves},
        coded={wave.id: tuple(coded_questions(db, wave)) for wave in waves if wave.questionnaire.has_words},
        cohorts=cohort_frame(db),
        followed=followed_frame(db),
        losses=loss_frame(db),
        schools=school_year_frame(db),
        mix_rule=get_rule(db),
        mediation=mediated(db),
    )


def at(db: EncryptedDatabase, data: Data, period: Period) -> Data:
    """The same data for another period: ages alone depend on it."""
    return replace(data, situations=situation_frame(db, period.start))


def favourable_levels(item: AskedItem) -> tuple[str, ...]:
    """The five answers from the least to the most favourable: turned round for a reversed item."""
    return item.levels[::-1] if item.reversed else item.levels


def _items(questionnaire: Questionnaire) -> tuple[Item, ...]:
    return tuple(
        Item(item.code, item.text, dict(enumerate(favourable_levels(item), start=1)), item.reversed)
        for item in questionnaire.items
    )


def _scales(questionnaire: Questionnaire) -> tuple[Scale, ...]:
    """The whole questionnaire when it has several items, then each dimension of two items or more."""
    items = questionnaire.items
    named = [Scale(each.code, each.text, _of(items, each.code)) for each in questionnaire.dimensions]
    whole = Scale(WHOLE, "ensemble des questions", tuple(item.code for item in items))
    return tuple(scale for scale in (whole, *named) if len(scale.items) > 1)


def _of(items: Sequence[AskedItem], dimension: str) -> tuple[str, ...]:
    return tuple(item.code for item in items if item.dimension == dimension)


def _favourable_up(questionnaire: Questionnaire, answers: pd.DataFrame) -> pd.DataFrame:
    """Levels of reversed items turned round, so that the highest is the most favourable everywhere."""
    turned = answers["question"].isin([item.code for item in questionnaire.items if item.reversed])
    return answers.assign(level=answers["level"].mask(turned, len(questionnaire.levels) + 1 - answers["level"]))


def _asked(questionnaire: Questionnaire) -> tuple[Asked, ...]:
    kinds = WITH_CHOICES | {QuestionKind.SCALE, QuestionKind.NUMBER}
    return tuple(
        Asked(each.code, each.text, each.kind, {choice.code: choice.text for choice in each.choices})
        for each in questionnaire.questions
        if each.kind in kinds
    )


def _words(terms: type[Term], *without: Term) -> dict[str, str]:
    return {term.value: term.label for term in terms if term not in without}
