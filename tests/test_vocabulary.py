"""The words that are stored are the words that the database accepts."""

import re

import pytest
from sqlite_utils import Database

import app as assembly
from impact.accounts.access import FieldClass, Role
from impact.agreements import vocabulary as agreed
from impact.audit import Deed
from impact.cooperation.vocabulary import (
    ActionState,
    AgeBand,
    CounterpartForm,
    CriterionAnswer,
    FundingCriterion,
    LinkKind,
    MeetingKind,
)
from impact.cooperation.vocabulary import Level as OrganisationLevel
from impact.diagnosis.vocabulary import FindingKind, GroupStep, Sense, Use
from impact.events.vocabulary import Relevance, SeriesKind
from impact.figures import FigureState
from impact.mediation.vocabulary import Axis, SiteKind
from impact.pathways.vocabulary import (
    Answer,
    Authority,
    ContactKind,
    InQpv,
    Level,
    Means,
    ObjectiveResult,
    Outcome,
    Presence,
    PriorityNetwork,
    Relation,
    Sex,
    State,
    Tie,
)
from impact.plans import vocabulary as planned
from impact.protection.vocabulary import Measure, Requester
from impact.schools.vocabulary import SchoolLevel, Sector
from impact.sheets.vocabulary import Answer as ToldAnswer
from impact.sheets.vocabulary import ImportState, Subject
from impact.vocabulary import Audience, CommunityKind, OrganisationKind, Term
from impact.workshops.vocabulary import CommitmentState, FileKind, RegistrationState, WorkshopState
from impact_maps import vocabulary as mapped
from impact_maps.indicator import Direction as GoodNews
from impact_maps.indicator import Unit
from impact_maps.vocabulary import LinkState, Stage, Target
from reports.annual.vocabulary import Carrier
from reports.vocabulary import Criterion, Mission, RemarkKind, ReportKind, ReportState, Rhythm, Theme, WordKind
from surveys.languages.vocabulary import Direction
from surveys.paper.vocabulary import BatchState, PageState, SheetState
from surveys.rosters import vocabulary as asked

# A note is about any class of field but the child's identity, which has its own page.
NOTE_CLASSES = [each for each in FieldClass if each is not FieldClass.IDENTITY]
STORED: dict[tuple[str, str], list[Term] | type[Term]] = {
    ("audit_entry", "deed"): Deed,
    ("membership", "role"): Role,
    ("invitation", "role"): Role,
    ("figure", "audience"): Audience,
    ("figure", "state"): FigureState,
    ("community", "kind"): CommunityKind,
    ("organisation", "kind"): OrganisationKind,
    ("link_declaration", "kind"): LinkKind,
    ("joint_action", "state"): ActionState,
    ("action_age_band", "band"): AgeBand,
    ("committee_meeting", "kind"): MeetingKind,
    ("organisation_level", "level"): OrganisationLevel,
    ("workshop", "state"): WorkshopState,
    ("production", "file_kind"): FileKind,
    ("registration", "state"): RegistrationState,
    ("commitment", "state"): CommitmentState,
    ("counterpart", "level"): OrganisationLevel,
    ("counterpart", "form"): CounterpartForm,
    ("action_criterion", "criterion"): [known for known in FundingCriterion if not known.is_read],
    ("action_criterion", "answer"): CriterionAnswer,
    ("finding", "kind"): FindingKind,
    ("finding", "use"): Use,
    ("working_group", "step"): GroupStep,
    ("trend", "sense"): Sense,
    ("event_series", "kind"): SeriesKind,
    ("offer_opinion", "relevance"): Relevance,
    ("event_presence", "kind"): OrganisationKind,
    ("series_target", "kind"): OrganisationKind,
    ("mediation_site", "kind"): SiteKind,
    ("mediation_activity", "axis"): Axis,
    ("agreement", "kind"): agreed.TextKind,
    ("edition", "state"): agreed.EditionState,
    ("amendment", "state"): agreed.AmendmentState,
    ("ballot", "rule"): agreed.VotingRule,
    ("ballot", "electorate"): agreed.Electorate,
    ("ballot", "abstention"): agreed.Abstention,
    ("ballot", "outcome"): agreed.Outcome,
    ("vote", "choice"): agreed.Choice,
    ("roadmap_step", "state"): planned.StepState,
    ("condition_answer", "condition"): planned.Condition,
    ("condition_answer", "level"): planned.Level,
    ("condition_measure", "measure"): planned.Measure,
    ("coordination_time", "kind"): planned.TimeKind,
    ("experience_sheet", "scale"): planned.Scale,
    ("experience_text", "heading"): planned.Heading,
    ("child", "sex"): Sex,
    ("consent", "relation"): Relation,
    ("consent", "means"): Means,
    ("decision", "outcome"): Outcome,
    ("situation_line", "state"): State,
    ("schooling", "level"): Level,
    ("schooling", "qpv"): InQpv,
    ("schooling", "priority"): PriorityNetwork,
    ("household_adult", "relation"): Tie,
    ("household_adult", "authority"): Authority,
    ("hand_over", "answer"): Answer,
    ("meeting_presence", "presence"): Presence,
    ("follow_up_note", "contact_kind"): ContactKind,
    ("follow_up_note", "field_class"): NOTE_CLASSES,
    ("objective_result", "result"): ObjectiveResult,
    ("sheet_import", "state"): ImportState,
    ("sheet_import", "subject"): Subject,
    ("school", "level"): SchoolLevel,
    ("school", "sector"): Sector,
    ("situation_import", "agreement"): ToldAnswer,
    ("situation_import", "qpv"): ToldAnswer,
    ("erased_count", "measure"): Measure,
    ("file_copy", "requester"): Requester,
    ("cohort_copy", "requester"): Requester,
    ("chain_box", "stage"): Stage,
    ("chain_box", "target"): Target,
    ("chain_link", "state"): LinkState,
    ("language", "direction"): Direction,
    ("scan_batch", "state"): BatchState,
    ("scan_page", "state"): PageState,
    ("paper_sheet", "state"): SheetState,
    ("tree_impact", "public"): mapped.Public,
    ("tree_impact", "state"): mapped.ImpactState,
    ("own_indicator", "unit"): Unit,
    ("own_indicator", "source"): mapped.OwnSource,
    ("own_indicator", "rhythm"): mapped.Rhythm,
    ("own_indicator", "direction"): GoodNews,
    ("published_community", "kind"): CommunityKind,
    ("report", "kind"): CommunityKind,
    ("report", "audience"): Audience,
    ("report", "state"): ReportState,
    ("report_opinion", "kind"): RemarkKind,
    ("report", "report_kind"): ReportKind,
    ("report_draft", "kind"): ReportKind,
    ("report_draft", "audience"): Audience,
    ("draft_word", "kind"): WordKind,
    ("evaluator_mission", "mission"): Mission,
    ("year_sheet", "carrier"): Carrier,
    ("evaluation_question", "criterion"): Criterion,
    ("evaluation_theme", "theme"): Theme,
    ("evaluation_measure", "rhythm"): Rhythm,
    ("cohort", "recognition"): asked.Recognition,
    ("wave_sending", "kind"): asked.Letter,
    ("wave_sending", "problem"): asked.MailProblem,
    ("cohort_person", "loss"): asked.Loss,
    ("cohort_person", "spotted_at"): asked.SpottedAt,
    ("cohort_respondent", "public"): asked.Public,
    ("cohort_wave", "public"): asked.Public,
    ("wave_invitation", "public"): asked.Public,
    ("wave_letter", "kind"): asked.Letter,
}


@pytest.fixture(scope="module")
def checks() -> dict[tuple[str, str], list[str]]:
    """The values that each column accepts, by table and column."""
    db = Database(memory=True)
    schema = assembly.schema()
    for group in dict.fromkeys((*schema.directory, *schema.shared, *schema.community)):
        group.apply(db)
    found = {}
    for table, sql in db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"):
        for column, values in re.findall(r"(\w+) IN \(\s*('[^)]*)\)", sql):
            found[table, column] = re.findall(r"'([^']*)'", values)
    return found


def test_each_closed_list_of_the_database_has_its_vocabulary(checks: dict[tuple[str, str], list[str]]) -> None:
    assert set(checks) == set(STORED)


@pytest.mark.parametrize("place", STORED, ids=".".join)
def test_vocabulary_equals_the_check(checks: dict[tuple[str, str], list[str]], place: tuple[str, str]) -> None:
    assert sorted(checks[place]) == sorted(term.value for term in STORED[place])
