"""Quorum, result, window, who votes: decisions without a database.

Counts follow the definitions declared with each vote (`Terms`): the quorum is a number of entitled who voted; the rule
bears on the expressed votes; an abstention is neutral, a vote against, or an absence.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from impact.agreements.records import Ballot, Entitled, Result, Tally, Terms
from impact.agreements.vocabulary import Abstention, Choice, Electorate, Outcome, VotingRule
from impact.exceptions import NotAllowed, Refused
from impact.wording import long_date, plural

LONGEST = timedelta(days=366)
SOON = timedelta(days=3)


def tally(choices: Sequence[Choice], entitled: int) -> Tally:
    """Count the votes received."""
    return Tally(
        favourable=sum(choice is Choice.FOR for choice in choices),
        against=sum(choice is Choice.AGAINST for choice in choices),
        abstentions=sum(choice is Choice.ABSTAIN for choice in choices),
        entitled=entitled,
    )


def result(terms: Terms, votes: Tally) -> Result:
    """What these votes decide; without quorum nothing is, and a text that nobody voted for is never adopted."""
    counted = votes.received - (votes.abstentions if terms.abstention is Abstention.ABSENT else 0)
    opposed = votes.against + (votes.abstentions if terms.abstention is Abstention.AGAINST else 0)
    if counted < terms.quorum:
        outcome = Outcome.NO_QUORUM
    elif is_adopted(terms.rule, votes.favourable, opposed):
        outcome = Outcome.ADOPTED
    else:
        outcome = Outcome.REJECTED
    return Result(votes, terms.quorum, counted, opposed, votes.favourable + opposed, outcome)


def is_adopted(rule: VotingRule, favourable: int, opposed: int) -> bool:
    """Whether the rule is met; a tie does not make a simple majority, exactly two thirds do make two thirds."""
    if not favourable:
        return False
    if rule is VotingRule.UNANIMITY:
        return opposed == 0
    if rule is VotingRule.TWO_THIRDS:
        return 3 * favourable >= 2 * (favourable + opposed)
    return favourable > opposed


def check_terms(terms: Terms, today: date) -> None:
    """Raises Refused, at the field, on a vote that could decide nothing or decide anything."""
    if not terms.entitled:
        raise Refused("Cochez qui peut voter : il faut au moins une voix.", _list_field(terms.electorate))
    if terms.quorum < 1:
        message = "Un quorum de zéro rendrait valable un vote sans aucun votant : écrivez au moins 1."
        raise Refused(message, "quorum")
    if terms.quorum > len(set(terms.entitled)):
        voices = plural(len(set(terms.entitled)), "voix", "voix")
        message = f"Le quorum dépasse la liste des votants, qui a {voices} : il ne serait jamais atteint."
        raise Refused(message, "quorum")
    if terms.opens_on < today:
        message = f"Ce jour est passé : le vote s’ouvre le {long_date(today)} au plus tôt."
        raise Refused(message, "opens_on")
    if terms.closes_on < terms.opens_on:
        raise Refused("La clôture vient avant l’ouverture : corrigez l’une des deux dates.", "closes_on")
    if terms.closes_on - terms.opens_on > LONGEST:
        raise Refused("Un vote dure un an au plus : choisissez une clôture plus proche.", "closes_on")


def is_coming(ballot: Ballot, today: date) -> bool:
    """Declared, not open yet."""
    return not ballot.is_settled and today < ballot.terms.opens_on


def is_open(ballot: Ballot, today: date) -> bool:
    """Both days of the window are included."""
    return not ballot.is_settled and ballot.terms.opens_on <= today <= ballot.terms.closes_on


def is_over(ballot: Ballot, today: date) -> bool:
    """Past its last day, or settled: the direction of votes may be read."""
    return ballot.is_settled or today > ballot.terms.closes_on


def is_closing(ballot: Ballot, today: date) -> bool:
    """Open, and closed within three days."""
    return is_open(ballot, today) and ballot.terms.closes_on - today <= SOON


def check_open(ballot: Ballot, today: date) -> None:
    """Raises Refused outside the window: nobody votes early, nobody changes a vote after the closing."""
    if is_coming(ballot, today):
        raise Refused(f"Le vote s’ouvre le {long_date(ballot.terms.opens_on)}.")
    if not is_open(ballot, today):
        closing = long_date(ballot.terms.closes_on)
        raise Refused(f"Le vote est clos depuis le {closing} au soir : aucun vote ne peut plus être donné ni changé.")


def check_withdrawing(ballot: Ballot, today: date) -> None:
    """Once open, a vote goes to its end: its terms were declared."""
    if not is_coming(ballot, today):
        raise Refused("Le vote est ouvert ou passé : ce qui a été annoncé ne change plus.")


def check_settling(ballot: Ballot, today: date) -> None:
    """The result is recorded once, after the last day."""
    if ballot.is_settled:
        raise Refused("Le résultat de ce vote est déjà enregistré.")
    if not is_over(ballot, today):
        closing = long_date(ballot.terms.closes_on)
        raise Refused(f"Le vote court jusqu’au {closing} au soir : son résultat se constate ensuite.")


def holds(voter: Entitled, member_id: int | None, organisation_id: int | None) -> bool:
    """Whether this person votes with this voice: her own, or her organisation's."""
    if voter.member_id is not None:
        return voter.member_id == member_id
    return voter.organisation_id is not None and voter.organisation_id == organisation_id


def check_voter(voter: Entitled, member_id: int | None, organisation_id: int | None, runs: bool) -> None:
    """Raises NotAllowed for another's voice; those who run the vote give only votes that have no account to come by."""
    if not holds(voter, member_id, organisation_id) and not (runs and not voter.reachable):
        raise NotAllowed("Cette voix n’est pas la vôtre.")


def participation(ballot: Ballot, voters: Sequence[Entitled]) -> tuple[int, int]:
    """Votes received and votes still missing for the quorum.

    While the vote is open abstentions are not told apart, so that the figure says nothing of the direction.
    """
    received = sum(voter.has_voted for voter in voters)
    return received, max(0, ballot.terms.quorum - received)


def _list_field(electorate: Electorate) -> str:
    return "organisations" if electorate is Electorate.ORGANISATIONS else "members"
