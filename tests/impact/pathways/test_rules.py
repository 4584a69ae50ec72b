"""Dates that contradict each other are refused by name; rights and states follow the file."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from impact.accounts.access import Action, FieldClass
from impact.audit import Actor
from impact.exceptions import Refused
from impact.identities import Identity
from impact.pathways import reception_rules, rules
from impact.pathways.records import (
    Assignment,
    ChildFile,
    Consent,
    Decision,
    Exit,
    Note,
    Objective,
    Pathway,
    Situation,
)
from impact.pathways.vocabulary import ContactKind, Means, ObjectiveResult, Outcome, Relation, Sex, State

TODAY = date(2026, 11, 20)
SITUATION = Situation(
    Identity("Pommerole", "Zélie", date(2017, 3, 14)), Sex.GIRL, date(2026, 9, 7), "school", ("family",)
)
CONSENT = Consent(
    Identity("Pommerole", "Dalva"),
    Relation.MOTHER,
    date(2026, 9, 12),
    Means.WRITTEN,
    frozenset({FieldClass.SCHOOL}),
    "Formulaire, version 2",
)
DECISION = Decision(date(2026, 9, 21), Outcome.PATHWAY)
PATHWAY = Pathway(
    id=1,
    started_on=date(2026, 9, 28),
    review_on=None,
    version=1,
    referents=(Assignment(2, "Basile Tournelac", date(2026, 9, 28)),),
    objectives=(Objective("Lire", "Dix mots", id=4),),
    last_contact_on=date(2026, 11, 3),
)
FILE = ChildFile(SITUATION, (CONSENT,), (DECISION,), PATHWAY)
UNDECIDED = ChildFile(SITUATION, (CONSENT,), (), None)
NOTE = Note(date(2026, 11, 17), ContactKind.CALL, 10, 4, FieldClass.SCHOOL, "A lu une page.")
LEAVING = Exit(date(2026, 11, 18), "moved", "", {4: ObjectiveResult.PARTLY})
EVERYTHING = frozenset(FieldClass)


def born(day: date | None) -> Situation:
    return replace(SITUATION, child=replace(SITUATION.child, birth_date=day))


@pytest.mark.parametrize(
    ("attempt", "field", "words"),
    [
        (
            lambda: reception_rules.check_situation(replace(SITUATION, received_on=date(2026, 11, 21)), False, TODAY),
            "received_on",
            "à venir",
        ),
        (
            lambda: reception_rules.check_situation(replace(SITUATION, received_on=date(2004, 1, 1)), False, TODAY),
            "received_on",
            "avant le 18",
        ),
        (lambda: reception_rules.check_situation(born(date(2026, 9, 8)), False, TODAY), "birth_day", "né après"),
        (lambda: reception_rules.check_situation(born(date(1950, 1, 1)), True, TODAY), "birth_day", "76 ans"),
        (lambda: reception_rules.check_situation(born(date(2025, 9, 8)), False, TODAY), "confirm_age", "moins d’un an"),
        (lambda: reception_rules.check_situation(born(date(2006, 9, 7)), False, TODAY), "confirm_age", "20 ans"),
        (
            lambda: reception_rules.check_situation_change(FILE, replace(SITUATION, received_on=date(2026, 9, 22))),
            "received_on",
            "21/09/2026",
        ),
        (
            lambda: reception_rules.check_consent(UNDECIDED, replace(CONSENT, given_on=date(2026, 11, 21)), TODAY),
            "given_on",
            "à venir",
        ),
        (
            lambda: reception_rules.check_consent(UNDECIDED, replace(CONSENT, given_on=date(2017, 3, 13)), TODAY),
            "given_on",
            "plus ancien",
        ),
        (
            lambda: reception_rules.check_consent(UNDECIDED, replace(CONSENT, given_on=date(2026, 9, 11)), TODAY),
            "given_on",
            "plus récent",
        ),
        (
            lambda: reception_rules.check_consent(
                ChildFile(SITUATION, (), (Decision(date(2026, 9, 21), Outcome.REFUSED, "Non"),), None),
                replace(CONSENT, given_on=date(2026, 9, 22)),
                TODAY,
            ),
            "given_on",
            "avant la décision",
        ),
        (lambda: reception_rules.check_withdrawal(FILE, date(2026, 9, 11), TODAY), "withdrawn_on", "12/09/2026"),
        (lambda: reception_rules.check_withdrawal(FILE, date(2026, 12, 1), TODAY), "withdrawn_on", "à venir"),
        (
            lambda: reception_rules.check_withdrawal(ChildFile(SITUATION, (), (), None), TODAY, TODAY),
            "",
            "Aucun accord",
        ),
        (lambda: reception_rules.check_presentation(ChildFile(SITUATION, (), (), None)), "", "accord"),
        (
            lambda: reception_rules.check_decision(UNDECIDED, replace(DECISION, decided_on=date(2026, 9, 6)), TODAY),
            "decided_on",
            "07/09/2026",
        ),
        (
            lambda: reception_rules.check_decision(UNDECIDED, replace(DECISION, decided_on=date(2026, 11, 21)), TODAY),
            "decided_on",
            "à venir",
        ),
        (
            lambda: reception_rules.check_decision(UNDECIDED, replace(DECISION, decided_on=date(2026, 9, 11)), TODAY),
            "outcome",
            "12/09/2026",
        ),
        (
            lambda: reception_rules.check_decision(ChildFile(SITUATION, (), (), None), DECISION, TODAY),
            "outcome",
            "manque l’accord",
        ),
        (
            lambda: reception_rules.check_decision(UNDECIDED, Decision(TODAY, Outcome.REFUSED), TODAY),
            "reason",
            "raison",
        ),
        (lambda: reception_rules.check_decision(FILE, DECISION, TODAY), "", "déjà ouvert"),
        (
            lambda: reception_rules.check_decision(
                ChildFile(SITUATION, (CONSENT,), (Decision(date(2026, 10, 1), Outcome.WAITING, "Avis"),), None),
                DECISION,
                TODAY,
            ),
            "decided_on",
            "01/10/2026",
        ),
        (lambda: rules.check_start(UNDECIDED, TODAY, None, TODAY), "", "n’a pas décidé"),
        (lambda: rules.check_start(FILE, TODAY, None, TODAY), "", "déjà ouvert"),
        (
            lambda: rules.check_start(replace(FILE, pathway=None), date(2026, 9, 20), None, TODAY),
            "started_on",
            "21/09/2026",
        ),
        (
            lambda: rules.check_start(replace(FILE, pathway=None), date(2026, 11, 21), None, TODAY),
            "started_on",
            "à venir",
        ),
        (lambda: rules.check_start(replace(FILE, pathway=None), TODAY, TODAY, TODAY), "review_on", "bilan vient après"),
        (lambda: rules.check_review(FILE, date(2026, 9, 28)), "review_on", "28/09/2026"),
        (lambda: rules.check_objective(FILE, Objective("LIRE", "Rien")), "label", "déjà"),
        (
            lambda: rules.check_note(FILE, replace(NOTE, contact_on=date(2026, 9, 27)), EVERYTHING, TODAY),
            "contact_on",
            "28/09/2026",
        ),
        (
            lambda: rules.check_note(FILE, replace(NOTE, contact_on=date(2026, 11, 21)), EVERYTHING, TODAY),
            "contact_on",
            "à venir",
        ),
        (
            lambda: rules.check_note(FILE, replace(NOTE, field_class=FieldClass.HEALTH), EVERYTHING, TODAY),
            "field_class",
            "couvre : école",
        ),
        (lambda: rules.check_note(FILE, NOTE, frozenset(), TODAY), "field_class", "rôle"),
        (lambda: rules.check_note(FILE, replace(NOTE, objective_id=99), EVERYTHING, TODAY), "objective_id", "objectif"),
        (lambda: rules.check_note(UNDECIDED, NOTE, EVERYTHING, TODAY), "", "Aucun parcours"),
        (lambda: rules.check_exit(FILE, replace(LEAVING, ended_on=date(2026, 9, 27)), TODAY), "ended_on", "28/09/2026"),
        (lambda: rules.check_exit(FILE, replace(LEAVING, ended_on=date(2026, 11, 2)), TODAY), "ended_on", "03/11/2026"),
        (lambda: rules.check_exit(FILE, replace(LEAVING, ended_on=date(2026, 11, 21)), TODAY), "ended_on", "à venir"),
        (lambda: rules.check_exit(FILE, replace(LEAVING, reason=""), TODAY), "reason", "motif"),
        (lambda: rules.check_exit(FILE, replace(LEAVING, results={}), TODAY), "result_4", "Lire"),
    ],
)
def test_a_contradiction_is_refused_at_its_field(attempt: Callable[[], None], field: str, words: str) -> None:
    with pytest.raises(Refused) as refusal:
        attempt()
    assert refusal.value.field == field
    assert words in str(refusal.value)


@pytest.mark.parametrize("birth", [None, date(2024, 9, 7), date(2007, 9, 8)])
def test_ages_from_2_to_18_need_no_confirmation(birth: date | None) -> None:
    reception_rules.check_situation(born(birth), False, TODAY)


def test_an_unusual_age_passes_once_confirmed() -> None:
    reception_rules.check_situation(born(date(2025, 9, 8)), True, TODAY)


def test_a_withdrawn_agreement_lets_a_file_be_corrected_and_not_completed() -> None:
    file = replace(FILE, consents=(replace(CONSENT, withdrawn_on=date(2026, 10, 20)),))
    reception_rules.check_situation_change(file, replace(SITUATION, context="", motives=()))
    for more in (replace(SITUATION, context="Autre chose"), replace(SITUATION, motives=("health", "justice"))):
        with pytest.raises(Refused, match="retiré le 20/10/2026"):
            reception_rules.check_situation_change(file, more)
    with pytest.raises(Refused, match="retiré le 20/10/2026"):
        rules.check_profile(file, TODAY, TODAY)


def test_a_withdrawn_agreement_stops_entries_and_the_days_without_agreement_stay_closed() -> None:
    withdrawn = replace(CONSENT, withdrawn_on=date(2026, 10, 20))
    with pytest.raises(Refused, match="retiré le 20/10/2026"):
        rules.check_note(replace(FILE, consents=(withdrawn,)), NOTE, EVERYTHING, TODAY)
    renewed = replace(FILE, consents=(withdrawn, replace(CONSENT, given_on=date(2026, 11, 10))))
    rules.check_note(renewed, NOTE, EVERYTHING, TODAY)
    with pytest.raises(Refused, match="aucun accord") as refusal:
        rules.check_note(renewed, replace(NOTE, contact_on=date(2026, 10, 25)), EVERYTHING, TODAY)
    assert refusal.value.field == "contact_on"
    with pytest.raises(Refused, match="retiré le 20/10/2026"):
        reception_rules.check_consent(
            replace(FILE, consents=(withdrawn,)), replace(CONSENT, given_on=date(2026, 10, 19)), TODAY
        )


def test_an_agreement_may_come_while_the_team_waits_for_it() -> None:
    waiting = ChildFile(SITUATION, (), (Decision(date(2026, 9, 21), Outcome.WAITING, "Il manque l’accord"),), None)
    reception_rules.check_consent(waiting, replace(CONSENT, given_on=date(2026, 10, 1)), TODAY)


def test_states() -> None:
    assert rules.file_state(ChildFile(SITUATION, (), (), None)) is State.AGREEMENT
    assert rules.file_state(UNDECIDED) is State.DECISION
    assert rules.file_state(replace(FILE, pathway=None)) is State.START
    assert rules.file_state(FILE) is State.FOLLOWED
    assert rules.file_state(replace(FILE, pathway=replace(PATHWAY, exit=LEAVING))) is State.ENDED
    refused = Decision(date(2026, 9, 21), Outcome.REFUSED, "Hors du programme")
    assert rules.file_state(replace(UNDECIDED, decisions=(refused,))) is State.REFUSED


def test_only_the_team_opens_a_file() -> None:
    view = Action.VIEW_SITUATIONS
    assert rules.may_open_file(Actor("a", "coordinator", 1), view, FILE)
    assert rules.may_open_file(Actor("b", "referent", 2), view, FILE)
    assert not rules.may_open_file(Actor("c", "referent", 3), view, FILE)
    assert rules.may_open_file(
        Actor("c", "referent", 3), view, replace(FILE, situation=replace(SITUATION, received_by=3))
    )
    partner, presented = Actor("d", "team_partner", 4), replace(FILE, situation=replace(SITUATION, presented_on=TODAY))
    assert not rules.may_open_file(partner, view, FILE)
    assert rules.may_open_file(partner, view, presented)
    assert not rules.may_open_file(partner, Action.FOLLOW_CHILD, presented)
    for role in ("board", "funder", "facilitator", "member", "evaluator", "administrator", "system"):
        assert not rules.may_open_file(Actor("e", role, 2), view, presented)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Ahmed", "Érable"), ("Ah\u200bmed", "ERABLE")),
        (("Zoé", "Lilas"), ("Zoe\u0301", "lilas")),
        (("Amina", "Verte"), ("\u0410mina", "Verte")),
        (("Jean Marc", "Sureau"), ("Jean-Marc", "Sureau")),
        (("Rose", "Aubépin"), ("Aubépin", "Rose")),
    ],
)
def test_names_that_read_the_same_are_alike(one: tuple[str, str], other: tuple[str, str]) -> None:
    first, second = (Identity(family, given) for given, family in (one, other))
    assert rules.likeness(first) == rules.likeness(second)


def test_other_names_are_not_alike() -> None:
    assert rules.likeness(Identity("Sureau", "Rose")) != rules.likeness(Identity("Sureau", "Rosie"))


def test_sensitive_motives_obey_the_role() -> None:
    readable = frozenset({FieldClass.IDENTITY, FieldClass.SCHOOL, FieldClass.SOCIAL})
    assert rules.visible_motives(("health", "family"), readable) == ["family"]
    assert rules.visible_motives(("health", "family"), EVERYTHING) == ["health", "family"]
