"""The demonstration's cooperation: four validated questions, two rounds of links, actions, meetings and sheets."""

from collections.abc import Sequence
from datetime import date
from random import Random

from impact.audit import Actor
from impact.communities.records import Organisation
from impact.communities.storage import get_community, list_members, list_organisations
from impact.cooperation import action_storage, grid_storage, meeting_storage, sheet_storage, storage
from impact.cooperation.demo_words import ACTIONS, DOMAINS, MEETINGS, QUESTIONS, ROUNDS, SAID_OF_ACTIONS, SHEETS, judged
from impact.cooperation.records import Counterpart, Funding, JointAction, KeyQuestion, Mandate, Meeting, NewLink, Sheet
from impact.cooperation.rules import Speaker
from impact.cooperation.vocabulary import CounterpartForm, Level, LinkKind
from impact.db import EncryptedDatabase, gate
from impact.vocabulary import CommunityKind, OrganisationKind

_EVERYBODY = Speaker(True, None)
_FIRST_LINKS, _CONFIRMED, _FIRST_WISHES = 24, 14, 18
_MADE, _NEW_LINKS, _NEW_WISHES = 7, 3, 9
_FORMS = list(CounterpartForm)
_LEVELS = {
    OrganisationKind.NATIONAL_EDUCATION: (Level.FIELD, Level.MANAGEMENT),
    OrganisationKind.LOCAL_AUTHORITY: (Level.MANAGEMENT, Level.DECISION),
}


def fill(db: EncryptedDatabase, actor: Actor, today: date) -> None:
    """Add it to a community of action whose directory is filled, in one transaction; nothing to a PRE."""
    organisations = sorted(list_organisations(db), key=lambda known: known.id)
    if get_community(db).kind is CommunityKind.PRE or len(organisations) < 17:
        return
    with gate(db):
        questions = _add_questions(db, actor)
        _add_rounds(db, actor, [known.id for known in organisations], questions[:4])
        _add_actions(db, actor, organisations, questions)
        _add_meetings(db, actor, organisations, today)
        _add_sheets(db, actor, organisations)
        for rank, member in enumerate(list_members(db)):
            if rank % 3 == 0:
                sheet_storage.set_consent(db, actor, member.id, date(2021, 1, 21))
            if member.organisation_id and rank % 5 < 3:
                grid_storage.save_mandate(db, actor, Mandate(member.id, "La direction", date(2020, 11, 16), version=0))
        for known in organisations[:10]:
            levels = _LEVELS.get(known.kind, (Level.FIELD,))
            met = [Counterpart(level, _FORMS[(known.id + rank) % len(_FORMS)]) for rank, level in enumerate(levels)]
            grid_storage.save_counterparts(db, actor, known.id, met)


def _add_questions(db: EncryptedDatabase, actor: Actor) -> list[int]:
    added = [
        storage.add_question(
            db,
            actor,
            KeyQuestion(0, words, date.fromisoformat(proposed), date.fromisoformat(validated) if validated else None),
            date.fromisoformat(validated or proposed),
        )
        for words, proposed, validated in QUESTIONS
    ]
    storage.merge_question(db, actor, added[4], added[0], date(2020, 11, 5))
    return added


def _add_rounds(db: EncryptedDatabase, actor: Actor, ids: Sequence[int], questions: Sequence[int]) -> None:
    """A first round; a second one a year later that takes it up, where some wishes came true and others were born."""
    # The last organisation stays alone in the first round.
    chance = Random(91)
    every = [(first, second) for rank, first in enumerate(ids) for second in ids[rank + 1 :]]
    early = [pair for pair in every if ids[-1] not in pair]
    chance.shuffle(early)
    links, wishes = early[:_FIRST_LINKS], early[_FIRST_LINKS : _FIRST_LINKS + _FIRST_WISHES]
    later = [pair for pair in every if pair not in {*links, *wishes}]
    chance.shuffle(later)

    def declare(pair: tuple[int, int], kind: LinkKind, day: date, both: bool = False) -> int:
        question = questions[sum(pair) % len(questions)]
        ends = pair if sum(pair) % 2 else pair[::-1]
        for declarer, partner in (ends, ends[::-1])[: 2 if both else 1]:
            new = NewLink(declarer, partner, kind, question)
            link_id = storage.declare_link(db, actor, _EVERYBODY, new, day)
        return link_id

    first, second = (date.fromisoformat(text) for text in ROUNDS)
    storage.add_round(db, actor, first, first)
    for rank, pair in enumerate(links):
        declare(pair, LinkKind.EXISTING, first, rank < _CONFIRMED)
    wished = [declare(pair, LinkKind.TO_CREATE, first, rank % 3 == 0) for rank, pair in enumerate(wishes)]
    for rank, link_id in enumerate(wished[:_MADE]):
        storage.make_link(db, actor, _EVERYBODY, link_id, date(2021, 4 + rank, 8), "")
    storage.add_round(db, actor, second, second, carry=True)
    for pair in later[:_NEW_LINKS]:
        declare(pair, LinkKind.EXISTING, second, True)
    for pair in later[_NEW_LINKS : _NEW_LINKS + _NEW_WISHES]:
        declare(pair, LinkKind.TO_CREATE, second)


def _add_actions(
    db: EncryptedDatabase, actor: Actor, organisations: Sequence[Organisation], questions: Sequence[int]
) -> None:
    for line, letters in zip(ACTIONS, SAID_OF_ACTIONS, strict=True):
        title, state, lead, partners, audience, bands, question, (starts, ends), fundings = line
        action_id = action_storage.add_action(
            db,
            actor,
            JointAction(
                id=0,
                title=title,
                state=state,
                lead_id=organisations[lead].id,
                audience=audience,
                territory="Essonne",
                question_id=questions[question],
                starts_on=date.fromisoformat(starts) if starts else None,
                ends_on=date.fromisoformat(ends) if ends else None,
                partner_ids=tuple(organisations[rank].id for rank in partners),
                bands=bands,
            ),
        )
        grid_storage.save_criteria(db, actor, action_id, judged(letters))
        for funder, asked, granted, spent in fundings:
            action_storage.add_funding(db, actor, Funding(0, action_id, funder, asked, granted, spent))


def _add_meetings(db: EncryptedDatabase, actor: Actor, organisations: Sequence[Organisation], today: date) -> None:
    for kind, day, present, parents, young, agenda, decisions in MEETINGS:
        held_on = date.fromisoformat(day)
        meeting = Meeting(0, kind, held_on, "Maison des Tilleuls", agenda)
        added = meeting_storage.add_meeting(db, actor, meeting)
        if held_on <= today and present:
            presences = tuple((organisations[rank].id, people) for rank, people in present.items())
            record = Meeting(
                added, kind, held_on, decisions=decisions, parents=parents, young_people=young, presences=presences
            )
            meeting_storage.record_meeting(db, actor, record, today)


def _add_sheets(db: EncryptedDatabase, actor: Actor, organisations: Sequence[Organisation]) -> None:
    words = {OrganisationKind.NATIONAL_EDUCATION: SHEETS[0], OrganisationKind.LOCAL_AUTHORITY: SHEETS[2]}
    for known in organisations[:12]:
        missions, publics, strengths, obstacles, offered, sought = words.get(known.kind, SHEETS[1])
        levels = _LEVELS.get(known.kind, (Level.FIELD,))
        said, domains = (
            (missions, publics, "Essonne", strengths, obstacles, offered, sought),
            DOMAINS.get(known.kind, ""),
        )
        sheet = Sheet(known.id, levels, *said, domains=domains)
        sheet_storage.save_sheet(db, actor, sheet)
