"""What surrounds the children of the demonstration: their schools year by year, what is done for them and what it costs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from impact.accounts.access import FieldClass
from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.identities import Identity
from impact.pathways import demo_words as words
from impact.pathways.action_storage import add_actions
from impact.pathways.adult_storage import list_adults, save_adult
from impact.pathways.file_storage import get_file
from impact.pathways.records import Adult, ChildFile, Pathway, PathwayAction, Schooling
from impact.pathways.rules import agreement
from impact.pathways.schooling_storage import save_new_year
from impact.pathways.sibling_storage import join_siblings
from impact.pathways.vocabulary import Authority, InQpv, Level, PriorityNetwork, Tie
from impact.periods import current_school_year

ALL_FIELDS = frozenset(FieldClass)
QPV_SHARE = 0.72
# Children followed now whose adults are written.
HOMES = 30


def fill(db: EncryptedDatabase, actor: Actor, today: date, situation_ids: Sequence[int]) -> None:
    """Schools and actions of these children; drawn apart, so that the other figures do not depend on them."""
    rng = Random(len(situation_ids))
    files = [get_file(db, situation_id) for situation_id in situation_ids]
    lines = [(file.situation.child_id, line) for file in files for line in _schooling(rng, file, today)]
    save_new_year(db, actor, lines, today)
    for file in files:
        if file.pathway and file.pathway.exit is None and agreement(file.consents):
            actions = _actions(rng, file, file.pathway, today)
            add_actions(db, actor, file.situation.id, actions, today, readable=ALL_FIELDS)
    _join_homes(db, actor, files)
    _write_adults(rng, db, actor, files)


def _join_homes(db: EncryptedDatabase, actor: Actor, files: Sequence[ChildFile]) -> None:
    """Children who share a name and a referent are siblings, two by two."""
    waiting: dict[tuple[str, int], int] = {}
    for file in files:
        if file.pathway and file.pathway.exit is None and file.pathway.referent:
            key, child_id = (file.situation.child.family_name, file.pathway.referent.member_id), file.situation.child_id
            if (other := waiting.pop(key, None)) is None:
                waiting[key] = child_id
            else:
                join_siblings(db, actor, other, child_id)


def _write_adults(rng: Random, db: EncryptedDatabase, actor: Actor, files: Sequence[ChildFile]) -> None:
    """Who agreed, for a part of the children followed now, and for some a grandparent; the numbers ring nowhere."""
    homes = [file for file in files if file.pathway and file.pathway.exit is None and agreement(file.consents)]
    for rank, file in enumerate(homes[:HOMES]):
        consent = agreement(file.consents)
        if consent is None or list_adults(db, file.situation.child_id):
            continue
        parent = replace(consent.given_by, phone=f"06 39 98 00 {rank:02}", id=0)
        tie, language = Tie(consent.relation.value), rng.choice(("fr", "fr", "fr", "ar", "pt", "tr"))
        if tie is not Tie.OTHER:
            save_adult(db, actor, file, Adult(parent, tie, "", Authority.YES, language))
        if rank % 6 == 0:
            elder = Identity(parent.family_name, rng.choice(words.GIRLS))
            save_adult(db, actor, file, Adult(elder, Tie.OTHER, "Grand-mère", Authority.NO, language))


def _schooling(rng: Random, file: ChildFile, today: date) -> list[Schooling]:
    """From the year of the first day to the present one; a few children wait for this year's line."""
    birth, pathway = file.situation.child.birth_date, file.pathway
    assert birth is not None
    assert pathway is not None
    first, last = (current_school_year(day).start.year for day in (pathway.started_on, today))
    if pathway.exit:
        last = current_school_year(pathway.exit.ended_on).start.year
    elif rng.random() < 0.1:
        last -= 1
    qpv = InQpv.YES if rng.random() < QPV_SHARE else InQpv.NO
    school, college = rng.choice(words.SCHOOLS), rng.choice(words.COLLEGES)
    lines = []
    for year in range(first, last + 1):
        level = list(Level)[min(max(year - birth.year - 2, 0), 15)]
        name, network = college if list(Level).index(level) > list(Level).index(Level.CM2) else school
        class_name = f"{level.label} {rng.choice('AB')}" if level.value in ("ce1", "ce2", "cm1", "6e", "5e") else ""
        lines.append(Schooling(year, name, level, class_name, "", qpv, PriorityNetwork(network)))
    return lines


def _actions(rng: Random, file: ChildFile, pathway: Pathway, today: date) -> list[PathwayAction]:
    """One to three actions begun in the first months; a third of them are over."""
    consent = agreement(file.consents)
    offered = list(words.ACTIONS)
    if consent and FieldClass.HEALTH in consent.scope:
        offered.append(words.HEALTH_ACTION)
    made = []
    for domain, label, rhythm, hours, cost, part, cofunder in rng.sample(offered, rng.randrange(1, 4)):
        begun = min(pathway.started_on + timedelta(rng.randrange(10, 120)), today)
        over = begun + timedelta(rng.randrange(120, 300))
        share = rng.choice((0.5, 0.75, 1, 1))
        made.append(
            PathwayAction(
                domain,
                label,
                begun,
                over if over <= today else None,
                rhythm=rhythm,
                hours=round(hours * share * 2) / 2,
                cost_cents=round(cost * share),
                cofunded_cents=round(part * share) or None,
                cofunder=cofunder,
            )
        )
    return made
