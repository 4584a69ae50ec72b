"""Before the pathway: what is refused of a situation, its orientation, an agreement, a decision."""

from datetime import date

from impact.exceptions import Refused
from impact.pathways.records import ChildFile, Consent, Decision, Orientation, Situation
from impact.pathways.rules import agreement, check_agreed, check_not_after, missing_agreement
from impact.pathways.vocabulary import Outcome
from impact.periods import age_on
from impact.wording import long_date, short_date

# The law of 18 January 2005 created the programmes.
FIRST_DAY = date(2005, 1, 18)
# The programme is for 2 to 16; older children are kept on until 18, beyond needs a second look, after 21 it is an error.
USUAL_AGES, OLDEST = range(2, 19), 21


def check_situation(situation: Situation, confirmed_age: bool, today: date) -> None:
    """Refuses impossible dates, and an unusual age that nobody confirmed."""
    received, birth = situation.received_on, situation.child.birth_date
    check_not_after(received, today, "received_on")
    if received < FIRST_DAY:
        raise Refused(f"Aucune situation n’a été reçue avant le {long_date(FIRST_DAY)} : corrigez.", "received_on")
    if birth is None:
        return
    if birth > received:
        message = f"L’enfant serait né après le {short_date(received)}, jour de réception : corrigez l’une des dates."
        raise Refused(message, "birth_day")
    age = age_on(birth, received)
    if age > OLDEST:
        raise Refused(f"Cette date donne {age} ans : corrigez la naissance ou la réception.", "birth_day")
    if age not in USUAL_AGES and not confirmed_age:
        years = "moins d’un an" if age == 0 else "1 an" if age == 1 else f"{age} ans"
        message = f"L’enfant aurait {years} le {short_date(received)}. Corrigez, ou cochez pour confirmer."
        raise Refused(message, "confirm_age")


def check_situation_change(file: ChildFile, situation: Situation) -> None:
    """Refuses a reception moved after what followed it, and anything new once the agreement is withdrawn."""
    known = file.situation
    new = situation.context not in ("", known.context) or not set(situation.motives) <= set(known.motives)
    if new and file.consents and agreement(file.consents) is None:
        raise Refused(missing_agreement(file))
    for decision in file.decisions[:1]:
        if situation.received_on > decision.decided_on:
            message = f"La décision de l’équipe est du {short_date(decision.decided_on)} : la réception vient avant."
            raise Refused(message, "received_on")


def check_orientation(file: ChildFile, orientation: Orientation, today: date) -> None:
    """Refuses what contradicts the file, and any entry once the agreement is withdrawn."""
    if file.consents and agreement(file.consents) is None:
        raise Refused(missing_agreement(file))
    if bool(orientation.informed_by) != (orientation.informed_on is not None):
        missing = "informed_on" if orientation.informed_by else "informed_by"
        raise Refused("Dites qui a informé les parents et quel jour, ou aucun des deux.", missing)
    if orientation.informed_on is None:
        return
    check_not_after(orientation.informed_on, today, "informed_on")
    birth = file.situation.child.birth_date
    if orientation.informed_on < FIRST_DAY or (birth and orientation.informed_on < birth):
        raise Refused("Cette date serait plus ancienne que l’enfant ou que le PRE : corrigez.", "informed_on")


def check_consent(file: ChildFile, consent: Consent, today: date) -> None:
    """Refuses dates that contradict the file, and an agreement that comes after the decision without cause."""
    given, last = consent.given_on, file.consents[-1] if file.consents else None
    check_not_after(given, today, "given_on")
    birth = file.situation.child.birth_date
    if given < FIRST_DAY or (birth and given < birth):
        raise Refused("L’accord serait plus ancien que l’enfant ou que le PRE : corrigez la date.", "given_on")
    if last and last.withdrawn_on and given < last.withdrawn_on:
        message = f"L’accord a été retiré le {short_date(last.withdrawn_on)} : le nouvel accord vient après."
        raise Refused(message, "given_on")
    if last and given < last.given_on:
        raise Refused(f"Un accord plus récent existe, du {short_date(last.given_on)} : corrigez la date.", "given_on")
    decision = file.decisions[-1] if file.decisions else None
    if last is None and decision and decision.outcome is not Outcome.WAITING and given > decision.decided_on:
        message = f"L’équipe a décidé le {short_date(decision.decided_on)} : l’accord vient avant la décision."
        raise Refused(message, "given_on")


def check_withdrawal(file: ChildFile, day: date, today: date) -> None:
    """Refuses to withdraw what was not given, or on an impossible day."""
    consent = agreement(file.consents)
    if consent is None:
        raise Refused("Aucun accord n’est en cours : il n’y a rien à retirer.")
    check_not_after(day, today, "withdrawn_on")
    if day < consent.given_on:
        raise Refused(f"L’accord date du {short_date(consent.given_on)} : le retrait vient après.", "withdrawn_on")


def check_presentation(file: ChildFile) -> None:
    """The partners of the team read a name only once the family agreed."""
    if agreement(file.consents) is None:
        raise Refused("Recueillez d’abord l’accord d’un représentant légal : l’équipe lira alors la situation.")


def check_decision(file: ChildFile, decision: Decision, today: date) -> None:
    """Refuses a decision out of order, without agreement or without reason."""
    day, received = decision.decided_on, file.situation.received_on
    if file.pathway is not None:
        raise Refused("Un parcours est déjà ouvert : terminez-le plutôt que de décider de nouveau.")
    check_not_after(day, today, "decided_on")
    if day < received:
        raise Refused(f"La situation a été reçue le {short_date(received)} : la décision vient après.", "decided_on")
    if file.decisions and day < file.decisions[-1].decided_on:
        last = short_date(file.decisions[-1].decided_on)
        raise Refused(f"L’équipe a déjà décidé le {last} : la nouvelle décision vient après.", "decided_on")
    if decision.outcome is Outcome.PATHWAY:
        check_agreed(file, day, "outcome")
    elif not decision.reason:
        raise Refused("Écrivez la raison : elle sera dite à la famille et à qui a adressé l’enfant.", "reason")
