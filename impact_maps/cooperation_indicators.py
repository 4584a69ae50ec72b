"""The entries of the catalogue on cooperation (STATISTICS §2.G and §2.H): organisations, links, actions, meetings."""

from functools import partial

from impact.vocabulary import Sensitivity
from impact_maps.indicator import Direction, Family, Indicator, Unit

_LINKS = "Liens déclarés par les structures, dernier tour connu à la fin de la période"
_ACTIONS, _MEETINGS = "Fiches des actions", "Comptes rendus des réunions"
_IN_COURSE = " Porte sur les actions datées qui touchent la période, et sur les actions sans date."

_cooperation = partial(Indicator, source=_LINKS, sensitivity=Sensitivity.OPEN, family=Family.COOPERATION, census=True)


COOPERATION = (
    _cooperation(
        "cooperation.organisations_by_kind", "Structures de l'annuaire, par type",
        "Structures de l'annuaire selon leur type ; les types absents sont montrés à zéro.",
        Unit.SHARE, "structures de ce type", "structures de l'annuaire",
        "{label} : {numerator} des {denominator} structures ({value}).", source="Annuaire", breakdown=True,
    ),
    _cooperation(
        "cooperation.missing_kinds", "Types de structures absents",
        "Types de la liste (« Autre » à part) dont l'annuaire n'a aucune structure.",
        Unit.COUNT, "types absents", "types de la liste",
        "Types de structures absents de l'annuaire : {numerator} des {denominator}.", source="Annuaire",
        direction=Direction.DOWN,
    ),
    _cooperation(
        "cooperation.possible_pairs", "Liens possibles",
        "Nombre de paires de structures de l'annuaire : n(n − 1) / 2.",
        Unit.COUNT, "paires de structures", "", "Liens possibles entre les {n} structures : {value}.",
    ),
    _cooperation(
        "cooperation.existing_links", "Liens existants",
        "Paires de structures dont l'une au moins dit que le lien existe, chaque paire comptée une fois quelles que soient"
        " les questions ; un lien à créer y entre quand il est réalisé.",
        Unit.COUNT, "paires de structures liées", "", "Liens existants : {value}.", direction=Direction.UP,
    ),
    _cooperation(
        "cooperation.density", "Densité des liens existants",
        "Liens existants, rapportés aux liens possibles. Une structure qui ne s'est pas exprimée compte par ce que les autres"
        " disent d'elle.",
        Unit.SHARE, "liens existants", "liens possibles",
        "Liens existants : {numerator} des {denominator} possibles ({value}).", direction=Direction.UP,
    ),
    _cooperation(
        "cooperation.density_by_round", "Densité des liens, tour par tour",
        "Liens existants, rapportés aux liens possibles entre les structures de l'annuaire d'aujourd'hui, tels que les"
        " structures les ont dits le jour de chaque tour ; un lien réalisé depuis n'y compte qu'au tour suivant.",
        Unit.SHARE, "liens existants", "liens possibles",
        "Tour du {label} : {numerator} des {denominator} liens possibles ({value}).", breakdown=True,
        direction=Direction.UP,
    ),
    _cooperation(
        "cooperation.confirmation", "Liens confirmés",
        "Liens existants dits par les deux structures, parmi les liens existants.",
        Unit.SHARE, "liens confirmés par les deux", "liens existants",
        "Confirmés par les deux structures : {numerator} des {denominator} liens existants ({value}).",
        direction=Direction.UP,
    ),
    _cooperation(
        "cooperation.to_create", "Liens à créer",
        "Paires de structures dont l'une au moins souhaite un lien qui n'existe pas ; un souhait déjà réalisé n'en est plus un.",
        Unit.COUNT, "paires de structures à lier", "", "Liens à créer : {value}.",
    ),
    _cooperation(
        "cooperation.density_planned", "Densité si les liens à créer l'étaient",
        "Liens existants et liens à créer, rapportés aux liens possibles.",
        Unit.SHARE, "liens existants et à créer", "liens possibles",
        "Avec les liens à créer : {numerator} des {denominator} liens possibles ({value}).",
    ),
    _cooperation(
        "cooperation.realisation", "Liens à créer réalisés d'un tour au suivant",
        "Parmi les liens à créer de l'avant-dernier tour, part de ceux qui existent au dernier, avec l'intervalle de Wilson."
        " Nécessite deux tours.",
        Unit.SHARE, "liens à créer qui existent au tour suivant", "liens à créer de l'avant-dernier tour",
        "Réalisés au tour suivant : {numerator} des {denominator} liens à créer ({value}, entre {low} et {high}).",
        direction=Direction.UP, census=False,
    ),
    _cooperation(
        "cooperation.ei", "Ouverture des liens aux autres types de structures",
        "Indice E-I : liens entre types différents moins liens dans un même type, rapportés aux liens existants ; de −1 (chacun"
        " reste entre soi) à +1 (tous les liens sortent du type).",
        Unit.INDEX, "liens entre types différents moins liens dans un même type", "liens existants",
        "Indice d'ouverture des {denominator} liens existants : {value}, entre −1 (même type) et +1 (types différents).",
    ),
    _cooperation(
        "cooperation.isolates", "Structures sans lien existant",
        "Structures de l'annuaire qu'aucun lien existant ne relie aux autres.",
        Unit.COUNT, "structures sans lien existant", "structures de l'annuaire",
        "Structures sans lien existant : {numerator} des {denominator}.", direction=Direction.DOWN,
    ),
    _cooperation(
        "cooperation.actions_by_state", "Actions, par état", "Actions selon leur état." + _IN_COURSE,
        Unit.SHARE, "actions dans cet état", "actions",
        "{label} : {numerator} des {denominator} actions ({value}).", source=_ACTIONS, breakdown=True,
    ),
    _cooperation(
        "cooperation.actions_by_age", "Actions, par âge",
        "Actions selon l'âge de leur public ; une action peut en viser plusieurs, le total dépasse donc 100 %." + _IN_COURSE,
        Unit.SHARE, "actions pour cet âge", "actions dont l'âge est connu",
        "{label} : {numerator} des {denominator} actions ({value}).", source=_ACTIONS, breakdown=True,
    ),
    _cooperation(
        "cooperation.partners_mean", "Partenaires par action, en moyenne",
        "Structures associées à une action, sans celle qui la porte." + _IN_COURSE,
        Unit.MEAN, "structures associées", "actions",
        "Partenaires par action, en moyenne : {value} (actions : {denominator}).", source=_ACTIONS, direction=Direction.UP,
    ),
    _cooperation(
        "cooperation.cofinancing", "Taux de cofinancement",
        "Parmi les euros accordés aux actions, part de ceux qui ne viennent pas du premier financeur de chaque action." + _IN_COURSE,
        Unit.SHARE, "euros accordés par d'autres que le premier financeur", "euros accordés",
        "Cofinancement : {numerator} des {denominator} euros accordés ({value}), pour {n} actions financées.", source=_ACTIONS,
        direction=Direction.UP,
    ),
    _cooperation(
        "cooperation.meetings_held", "Réunions tenues",
        "Réunions de comité de la période où des personnes sont comptées.",
        Unit.COUNT, "réunions tenues", "", "Réunions de comité tenues : {value}.", source=_MEETINGS,
    ),
    _cooperation(
        "cooperation.meeting_interval", "Jours d'une réunion à la suivante, en moyenne",
        "Jours entre deux réunions de comité tenues l'une après l'autre pendant la période, toutes instances confondues.",
        Unit.DAYS, "jours de la première à la dernière réunion", "intervalles entre deux réunions",
        "D'une réunion à la suivante : {value} [value: jour|jours] en moyenne, sur {denominator} intervalles.", source=_MEETINGS,
        direction=Direction.DOWN,
    ),
    _cooperation(
        "cooperation.people_mean", "Personnes par réunion, en moyenne",
        "Personnes comptées aux réunions tenues, parents et jeunes compris, divisées par le nombre de réunions.",
        Unit.MEAN, "personnes présentes", "réunions tenues",
        "Personnes par réunion, en moyenne : {value} (réunions : {denominator}).", source=_MEETINGS,
    ),
    _cooperation(
        "cooperation.meeting_kinds", "Nombre équivalent de types de structures aux réunions",
        "Nombre de types d'égal poids qui donnerait la même diversité (nombre de Hill d'ordre 1), calculé sur les structures"
        " présentes à une réunion de la période au moins.",
        Unit.INDEX, "types de structures présents", "structures présentes",
        "La présence aux réunions équivaut à celle de {value} [value: type|types] de structures d'égal poids.", source=_MEETINGS,
        direction=Direction.UP,
    ),
    _cooperation(
        "cooperation.mandated", "Participants mandatés par leur structure",
        "Personnes de l'annuaire rattachées à une structure, dont le mandat est en cours à la fin de la période.",
        Unit.SHARE, "personnes dont le mandat est en cours", "personnes rattachées à une structure",
        "Mandatées : {numerator} des {denominator} personnes ({value}).", source="Annuaire", direction=Direction.UP,
    ),
    _cooperation(
        "cooperation.counterparts", "Niveaux qui ont un vis-à-vis",
        "Pour chaque structure et chacun de ses niveaux (terrain, encadrement, décision) : il a un vis-à-vis, formel,"
        " informel ou en réseau. Une place dont personne n'a rien dit compte comme n'en ayant pas.",
        Unit.SHARE, "niveaux qui ont un vis-à-vis", "niveaux tenus par les structures",
        "Avec un vis-à-vis : {numerator} des {denominator} niveaux ({value}).", source="Grille de coopération",
        direction=Direction.UP,
    ),
    _cooperation(
        "cooperation.reporting_time", "Temps de la coordination passé à rendre compte",
        "Parmi les heures notées pendant la période par les personnes qui coordonnent, celles des dossiers, bilans et"
        " tableaux ; les autres sont passées avec les personnes. Une heure que personne n'a notée n'y est pas.",
        Unit.SHARE, "heures passées à rendre compte", "heures notées",
        "À rendre compte : {numerator} des {denominator} heures notées ({value}).", source="Temps noté par la coordination",
        direction=Direction.DOWN,
    ),
)  # fmt: skip
