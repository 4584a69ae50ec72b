"""Words of the texts that bind, of votes and of decisions."""

from impact.vocabulary import Term


class TextKind(Term):
    """What a text is; all follow the same path."""

    CHARTER = "charter", "Charte"
    CONVENTION = "convention", "Convention"
    PROTOCOL = "protocol", "Protocole"
    RIDER = "rider", "Avenant annuel"


class EditionState(Term):
    """Where a numbered version stands; only a draft is written in."""

    DRAFT = "draft", "En cours d’écriture"
    KEPT = "kept", "Conservée"
    VOTING = "voting", "Au vote"
    ADOPTED = "adopted", "Adoptée"
    REJECTED = "rejected", "Rejetée"


class AmendmentState(Term):
    """What became of an amendment."""

    OPEN = "open", "En discussion"
    ACCEPTED = "accepted", "Accepté"
    REFUSED = "refused", "Refusé"


class VotingRule(Term):
    """How many favourable votes adopt a text; the base is the expressed votes."""

    SIMPLE = "simple", "Majorité simple : plus de pour que de contre"
    TWO_THIRDS = "two_thirds", "Deux tiers des votes exprimés"
    UNANIMITY = "unanimity", "Unanimité des votes exprimés"


class Electorate(Term):
    """Who holds one vote each."""

    ORGANISATIONS = "organisations", "Les structures : une voix chacune"
    MEMBERS = "members", "Les personnes : une voix chacune"


class Abstention(Term):
    """What an abstention means, declared before the vote."""

    NEUTRAL = "neutral", "L’abstention compte pour le quorum, pas dans les votes exprimés"
    AGAINST = "against", "L’abstention compte pour le quorum, et comme un vote contre"
    ABSENT = "absent", "L’abstention ne compte ni pour le quorum ni dans les votes exprimés"


class Choice(Term):
    """A vote."""

    FOR = "for", "Pour"
    AGAINST = "against", "Contre"
    ABSTAIN = "abstain", "Abstention"


class Outcome(Term):
    """What a closed vote decided."""

    ADOPTED = "adopted", "Texte adopté"
    REJECTED = "rejected", "Texte rejeté"
    NO_QUORUM = "no_quorum", "Quorum non atteint : rien n’est décidé"


class Readiness(Term):
    """Whether it is time to vote."""

    EMPTY = "empty", "Il n’y a encore rien à voter"
    EARLY = "early", "Le texte bouge encore"
    SETTLING = "settling", "Il est temps de voter"
    ENDLESS = "endless", "Le texte est réécrit depuis trop longtemps : votez"
    VOTING = "voting", "Le texte est au vote"
    SETTLED = "settled", "Le texte est adopté"
