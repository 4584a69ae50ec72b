"""Decisions about a child's file: who opens it, where it stands, which entry contradicts another."""

import unicodedata
from collections.abc import Collection, Sequence
from datetime import date, timedelta

from impact.accounts.access import Action, FieldClass, Role, Team, may, readable_fields, sees_whole_file
from impact.audit import Actor
from impact.exceptions import Refused
from impact.identities import Identity
from impact.pathways.records import (
    Assignment,
    ChildFile,
    Consent,
    DomainReview,
    DomainScore,
    Exit,
    Line,
    Note,
    Objective,
    Pathway,
)
from impact.pathways.vocabulary import Outcome, Sheet, State
from impact.wording import fold, join_words, short_date

SILENCE = timedelta(weeks=6)
# What an archived file still allows, to the coordinator.
READING = frozenset({Action.VIEW_SITUATIONS, Action.SETTLE_RETENTION, Action.COPY_FILE})
DECISION_DELAY = timedelta(days=15)
UNDECIDED = frozenset({State.AGREEMENT, State.DECISION})
SENSITIVE_MOTIVES = {"health": FieldClass.HEALTH, "justice": FieldClass.JUSTICE}
CONSENT_CLASSES = tuple(field for field in FieldClass if field is not FieldClass.IDENTITY)
# Letters of other alphabets that look like ours, as a copied name may hold them.
_LOOKALIKES = str.maketrans("авсԁеһіјкморѕтухαεικνορτυχ", "abcdehijkmopstyxaeiknoptux")


def may_open(
    actor: Actor,
    action: Action,
    referent_id: int | None,
    received_by: int | None,
    shared: bool,
    former: Collection[int] = (),
) -> bool:
    """The one object-level check: her own children, those handed over lately for a former referent who reads them,
    and for a partner those that are shared with the support team.
    """
    team = {member for member in (referent_id, received_by) if member is not None}
    if action is Action.VIEW_SITUATIONS:
        team |= set(former)
    if shared and actor.role == Role.TEAM_PARTNER and actor.member_id is not None:
        team.add(actor.member_id)
    return may(actor, action, Team(team))


def may_open_file(actor: Actor, action: Action, file: ChildFile) -> bool:
    """The same check on a whole file; an emergency only reads.

    An archived one is read by the coordinator alone, who wrote why less than three hours ago.
    """
    if file.safeguards.archived_on:
        opened = action is not Action.VIEW_SITUATIONS or in_emergency(actor, file)
        return action in READING and sees_whole_file(actor) and opened
    return in_team(actor, action, file) or (action is Action.VIEW_SITUATIONS and in_emergency(actor, file))


def in_emergency(actor: Actor, file: ChildFile) -> bool:
    """Whether the actor opened this file with a written reason, less than three hours ago."""
    return actor.member_id in file.safeguards.urgent and may(actor, Action.VIEW_SITUATIONS)


def fields_read(actor: Actor, file: ChildFile) -> frozenset[FieldClass]:
    """The classes of field that the actor reads in this file: never justice in an emergency."""
    fields = readable_fields(actor)
    return fields if in_team(actor, Action.VIEW_SITUATIONS, file) else fields - {FieldClass.JUSTICE}


def in_team(actor: Actor, action: Action, file: ChildFile) -> bool:
    """Whether the actor belongs to the child's team, or reads every child."""
    situation, referent = file.situation, referent_of(file)
    referent_id = referent.member_id if referent else None
    shared = situation.presented_on is not None and agreement(file.consents) is not None
    return may_open(actor, action, referent_id, situation.received_by, shared, file.safeguards.former)


def may_open_line(actor: Actor, line: Line) -> bool:
    """The same check on a line of the list."""
    shared = line.presented and line.covered
    return may_open(actor, Action.VIEW_SITUATIONS, line.referent_id, line.received_by, shared, line.former)


def may_rewrite(actor: Actor, note: Note) -> bool:
    """A note belongs to its author; the coordinator may correct it."""
    return sees_whole_file(actor) or note.member_id == actor.member_id


def likeness(identity: Identity) -> str:
    """A name as it may be written twice: no accents, case, spaces, invisible or look-alike letters."""
    visible = "".join(c for c in unicodedata.normalize("NFKC", identity.listed_name) if unicodedata.category(c) != "Cf")
    words = fold(visible.casefold().translate(_LOOKALIKES)).split()
    return "".join(sorted(words))


def state_of(agreed: bool, outcome: Outcome | None, pathway: bool, ended: bool) -> State:
    """Where a situation stands; a refused or redirected one stays counted."""
    if pathway:
        return State.ENDED if ended else State.FOLLOWED
    if outcome in (Outcome.ELSEWHERE, Outcome.REFUSED):
        return State.ELSEWHERE if outcome is Outcome.ELSEWHERE else State.REFUSED
    if not agreed:
        return State.AGREEMENT
    return State.START if outcome is Outcome.PATHWAY else State.DECISION


def file_state(file: ChildFile) -> State:
    """Where this file stands."""
    outcome = file.decisions[-1].outcome if file.decisions else None
    ended = file.pathway is not None and file.pathway.exit is not None
    return state_of(agreement(file.consents) is not None, outcome, file.pathway is not None, ended)


def agreement(consents: Sequence[Consent]) -> Consent | None:
    """The agreement in force: the latest one, unless it was withdrawn."""
    return consents[-1] if consents and consents[-1].withdrawn_on is None else None


def agreement_on(consents: Sequence[Consent], day: date) -> Consent | None:
    """The agreement that was in force on a day."""
    given = [consent for consent in consents if consent.given_on <= day]
    last = given[-1] if given else None
    return last if last and (last.withdrawn_on is None or day < last.withdrawn_on) else None


def is_silent(line: Line, today: date, silence_days: int = SILENCE.days) -> bool:
    """An open pathway without any contact for so many days."""
    return line.silent_since is not None and line.silent_since < today - timedelta(days=silence_days)


def usual_days(months: int) -> int:
    """Days of so many months."""
    return round(months * 365.25 / 12)


def visible_motives(motives: Sequence[str], readable: Collection[FieldClass]) -> list[str]:
    """Without the motives that the role does not read."""
    return [code for code in motives if SENSITIVE_MOTIVES.get(code, FieldClass.SOCIAL) in readable]


def writable_classes(file: ChildFile, readable: Collection[FieldClass]) -> list[FieldClass]:
    """What a note may be about: covered by the agreement in force, and read by the role that writes it."""
    consent = agreement(file.consents)
    return [field for field in CONSENT_CLASSES if consent and field in consent.scope and field in readable]


def filled_sheets(file: ChildFile) -> list[Sheet]:
    """The sheets that this file can fill: the exit and its certificate only once the pathway is over."""
    followed, over = file.pathway is not None, file.pathway is not None and file.pathway.exit is not None
    ready = dict.fromkeys((Sheet.NOTES, Sheet.REVIEW, Sheet.EXIT), followed)
    ready |= {Sheet.CERTIFICATE: over, Sheet.NOTICE: False, Sheet.MINUTES: False}
    return [sheet for sheet in Sheet if ready.get(sheet, True)]


def is_due(line: Line, today: date) -> bool:
    """A note of an open pathway asked for something by today."""
    return line.next_on is not None and line.next_on <= today


def check_start(file: ChildFile, started_on: date, review_on: date | None, today: date) -> None:
    """Refuses a pathway that nobody decided, or that starts before its decision."""
    decision = file.decisions[-1] if file.decisions else None
    if file.pathway is not None:
        raise Refused("Un parcours est déjà ouvert pour cette situation.")
    if decision is None or decision.outcome is not Outcome.PATHWAY:
        raise Refused("L’équipe de soutien n’a pas décidé d’ouvrir un parcours : inscrivez d’abord sa décision.")
    check_not_after(started_on, today, "started_on")
    if started_on < decision.decided_on:
        message = f"L’équipe a décidé le {short_date(decision.decided_on)} : le parcours commence après."
        raise Refused(message, "started_on")
    check_agreed(file, started_on, "started_on")
    _check_review(started_on, review_on)


def check_review(file: ChildFile, review_on: date | None, expected_end_on: date | None = None) -> None:
    """Refuses a review or an end before the pathway's first day."""
    started_on = open_pathway(file).started_on
    _check_review(started_on, review_on)
    if expected_end_on and expected_end_on <= started_on:
        raise Refused(f"La fin vient après le {short_date(started_on)}, début du parcours.", "expected_end_on")


def check_profile(file: ChildFile, since: date, today: date) -> None:
    """Refuses a profile without agreement, or dated out of the pathway."""
    started_on = open_pathway(file).started_on
    if agreement(file.consents) is None:
        raise Refused(missing_agreement(file), "profile")
    check_not_after(since, today, "profile_since")
    if since < started_on:
        message = f"Le parcours a commencé le {short_date(started_on)} : choisissez un jour depuis."
        raise Refused(message, "profile_since")


def domain_class(domain: str) -> FieldClass:
    """What a domain of the review is about."""
    return {"school": FieldClass.SCHOOL, "health": FieldClass.HEALTH, "justice": FieldClass.JUSTICE}.get(
        domain, FieldClass.SOCIAL
    )


def previous_score(reviews: Sequence[DomainReview], domain: str) -> tuple[DomainReview, DomainScore] | None:
    """The latest review that looked at a domain; reviews come oldest first."""
    for review in reversed(reviews):
        found = review.score_of(domain)
        if found:
            return review, found
    return None


def check_domain_review(
    file: ChildFile,
    review: DomainReview,
    last_on: date | None,
    readable: Collection[FieldClass],
    next_on: date | None,
    today: date,
) -> None:
    """Refuses a review without agreement, on what it does not cover, without reasons, or before the previous one."""
    pathway = open_pathway(file)
    day = review.reviewed_on
    check_not_after(day, today, "reviewed_on")
    if day < pathway.started_on:
        message = f"Le parcours a commencé le {short_date(pathway.started_on)} : le bilan vient après."
        raise Refused(message, "reviewed_on")
    if last_on and day <= last_on:
        raise Refused(f"Un bilan existe, du {short_date(last_on)} : le nouveau vient après.", "reviewed_on")
    check_agreed(file, day, "reviewed_on")
    if not review.scores:
        raise Refused("Donnez au moins une note : les domaines que vous laissez vides ne sont pas revus.")
    for score in review.scores:
        if domain_class(score.domain) not in writable_classes(file, readable):
            raise Refused("L’accord de la famille ne couvre pas ce domaine.", f"score_{score.domain}")
        if not score.reason:
            raise Refused("Écrivez ce qui fait choisir cette note.", f"reason_{score.domain}")
    if next_on and next_on <= day:
        raise Refused(f"Le prochain bilan vient après le {short_date(day)}.", "review_on")


def check_objective(file: ChildFile, objective: Objective) -> None:
    """Refuses an objective of a closed pathway, one without agreement, and one that is already there."""
    pathway = open_pathway(file)
    if agreement(file.consents) is None:
        raise Refused(missing_agreement(file), "label")
    if fold(objective.label) in {fold(known.label) for known in pathway.objectives}:
        raise Refused("Cet objectif est déjà dans le parcours.", "label")


def check_note(file: ChildFile, note: Note, readable: Collection[FieldClass], today: date) -> None:
    """Refuses a note without agreement, on what it does not cover, or outside the pathway."""
    pathway = open_pathway(file)
    consent = agreement(file.consents)
    if consent is None:
        raise Refused(missing_agreement(file))
    if note.field_class not in consent.scope:
        covered = join_words([field.label.lower() for field in CONSENT_CLASSES if field in consent.scope])
        message = f"L’accord couvre : {covered}. Demandez d’abord un accord qui couvre aussi ce domaine."
        raise Refused(message, "field_class")
    if note.field_class not in readable:
        raise Refused("Votre rôle ne donne pas accès à ce domaine.", "field_class")
    check_not_after(note.contact_on, today, "contact_on")
    if note.contact_on < pathway.started_on:
        message = f"Le parcours a commencé le {short_date(pathway.started_on)} : choisissez un jour depuis."
        raise Refused(message, "contact_on")
    for past in pathway.past_exits:
        if past.reopened_on and past.ended_on < note.contact_on < past.reopened_on:
            message = f"Du {short_date(past.ended_on)} au {short_date(past.reopened_on)}, le parcours était terminé."
            raise Refused(message, "contact_on")
    if agreement_on(file.consents, note.contact_on) is None:
        raise Refused("Ce jour-là, aucun accord n’était en cours : choisissez un autre jour.", "contact_on")
    if note.objective_id is not None and note.objective_id not in {known.id for known in pathway.objectives}:
        raise Refused("Choisissez un objectif de ce parcours.", "objective_id")
    if bool(note.next_step) != (note.next_on is not None):
        missing = "next_on" if note.next_step else "next_step"
        raise Refused("Écrivez ce qu’il reste à faire et pour quel jour, ou aucun des deux.", missing)
    if note.next_on and note.next_on < note.contact_on:
        raise Refused(f"La suite vient après le {short_date(note.contact_on)}, jour du contact.", "next_on")


def check_exit(file: ChildFile, leaving: Exit, today: date) -> None:
    """Refuses an exit without reason or results, or before what is already written."""
    pathway = open_pathway(file)
    check_not_after(leaving.ended_on, today, "ended_on")
    if leaving.ended_on < pathway.resumed_on:
        message = f"Le parcours a commencé ou repris le {short_date(pathway.resumed_on)} : la sortie vient après."
        raise Refused(message, "ended_on")
    if pathway.last_contact_on and leaving.ended_on < pathway.last_contact_on:
        message = f"Une note raconte un contact du {short_date(pathway.last_contact_on)} : la sortie vient après."
        raise Refused(message, "ended_on")
    if not leaving.reason:
        raise Refused("Choisissez le motif de la sortie.", "reason")
    for objective in pathway.objectives:
        if objective.id not in leaving.results:
            raise Refused(f"Dites où en est l’objectif « {objective.label} ».", f"result_{objective.id}")


def check_reopening(file: ChildFile, reopened_on: date, reason: str, today: date) -> None:
    """Refuses to reopen what is not over, before its end, or without saying why."""
    leaving = file.pathway.exit if file.pathway else None
    if leaving is None:
        raise Refused("Le parcours n’est pas terminé : il n’y a rien à rouvrir.")
    check_not_after(reopened_on, today, "reopened_on")
    if reopened_on < leaving.ended_on:
        message = f"Le parcours a pris fin le {short_date(leaving.ended_on)} : la réouverture vient après."
        raise Refused(message, "reopened_on")
    if not reason:
        raise Refused("Écrivez pourquoi le parcours reprend.", "reason")


def open_pathway(file: ChildFile) -> Pathway:
    """The pathway under way; refused when there is none or when it is over."""
    if file.pathway is None:
        raise Refused("Aucun parcours n’est ouvert pour cet enfant.")
    if file.pathway.exit is not None:
        raise Refused(f"Le parcours est terminé depuis le {short_date(file.pathway.exit.ended_on)}.")
    return file.pathway


def referent_of(file: ChildFile) -> Assignment | None:
    """Who follows the child, or followed it last."""
    return file.pathway.referent if file.pathway else None


def check_not_after(day: date, today: date, field: str) -> None:
    if day > today:
        raise Refused(f"Cette date est à venir : choisissez un jour jusqu’au {short_date(today)}.", field)


def _check_review(started_on: date, review_on: date | None) -> None:
    if review_on and review_on <= started_on:
        raise Refused(f"Le bilan vient après le {short_date(started_on)}, début du parcours.", "review_on")


def check_agreed(file: ChildFile, day: date, field: str) -> None:
    if agreement(file.consents) is None or agreement_on(file.consents, day) is None:
        raise Refused(missing_agreement(file, day), field)


def missing_agreement(file: ChildFile, day: date | None = None) -> str:
    """Why nothing can be written about this child."""
    last = file.consents[-1] if file.consents else None
    if last is None:
        return "Il manque l’accord d’un représentant légal : recueillez-le d’abord."
    if last.withdrawn_on:
        return f"L’accord a été retiré le {short_date(last.withdrawn_on)} : rien ne peut plus être écrit."
    return f"Le {short_date(day)}, aucun accord n’était en cours : il date du {short_date(last.given_on)}."
