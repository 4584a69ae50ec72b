"""What each figure of the survey counts, in words, with the choices that shape it and the version of the definition."""

from dataclasses import dataclass

from impact.vocabulary import Term
from impact.wording import french
from reports.annual.records import Frame, Options
from reports.annual.vocabulary import Group

PEOPLE, CASES, PATHWAYS, DAYS, SHARE, HOURS, PLACES, MENTIONS = (
    "enfants",
    "situations",
    "parcours",
    "jours",
    "part",
    "heures",
    "établissements",
    "mentions",
)


@dataclass(frozen=True)
class Definition:
    """One kind of figure: `options` names the choices that change it, `labels` the list of its categories' words."""

    code: str
    group: Group
    title: str
    unit: str
    words: str
    options: tuple[str, ...] = ()
    labels: str = ""
    version: int = 1


def _of(group: Group, *rows: tuple[str, str, str, str, tuple[str, ...], str]) -> list[Definition]:
    return [
        Definition(code, group, title, unit, words, options, labels)
        for code, title, unit, words, options, labels in rows
    ]


_PUBLIC = "Un enfant qui a plusieurs parcours est compté une fois."
_LATEST = "Valeur de sa situation la plus récente où elle est renseignée."
_DISTRICT = "Dernière valeur connue ce jour-là, ou au dernier jour de la période."
_DEFINED = [
    *_of(
        Group.SITUATIONS,
        ("received", "Situations reçues", CASES, "Situations dont la date d'orientation est dans la période.", (), ""),
        ("received_children", "Enfants concernés", PEOPLE, "Enfants dont une situation au moins a été reçue dans la période, chacun compté une fois.", (), ""),
        ("status", "Où elles en sont au dernier jour", CASES, "Situations reçues dans la période, selon leur état au dernier jour ; la somme des quatre états est le nombre de situations reçues. Sans décision, ou décidée plus tard : en attente.", ("taken_up",), "status"),
        ("not_started", "Prises en charge sans parcours commencé", CASES, "Parmi les situations reçues dont le parcours est décidé, celles dont le parcours n'a pas commencé au dernier jour.", (), ""),
        ("decisions", "Décisions de la période", CASES, "Décisions prises dans la période, quelle que soit l'année de réception. Un ajournement n'est pas une décision. Sans date de décision : date du premier passage en équipe, du début du parcours, ou de l'orientation.", (), "status"),
        ("waiting_at_end", "En attente au dernier jour", CASES, "Toutes les situations orientées au plus tard le dernier jour et sans décision ce jour-là, anciennes comprises.", (), ""),
        ("agreed", "Accord des parents", CASES, "Situations reçues dans la période, selon l'accord des parents.", (), "answers"),
    ),
    *_of(
        Group.FLOW,
        ("flow", "Enfants suivis pendant l'année", PEOPLE, f"Enfants dont un parcours au moins a été ouvert un jour de la période. {_PUBLIC}", ("exit_day", "planned_end"), ""),
        ("flow_sex", "Filles et garçons", PEOPLE, _LATEST, ("exit_day", "planned_end"), "sex"),
        ("flow_age", "Âge", PEOPLE, "Âge en années révolues. Moins de 2 ans et date de naissance absente sont donnés à part.", ("age_day", "exit_day", "planned_end"), "age"),
        ("flow_sex_age", "Sexe et âge", PEOPLE, "Les deux répartitions croisées.", ("age_day", "exit_day", "planned_end"), "sex_age"),
        ("flow_qpv", "Quartier prioritaire", PEOPLE, _DISTRICT, ("exit_day", "planned_end"), "answers"),
        ("flow_qpv_share", "Part des enfants d'un quartier prioritaire", SHARE, "Oui, rapporté à oui et non ; les inconnus sont à part.", ("exit_day", "planned_end"), ""),
    ),
    *_of(
        Group.STOCK,
        ("stock", "Enfants suivis ce jour-là", PEOPLE, f"Enfants dont un parcours au moins est ouvert ce jour-là. {_PUBLIC}", ("exit_day", "planned_end"), ""),
        ("stock_sex", "Filles et garçons", PEOPLE, _LATEST, ("exit_day", "planned_end"), "sex"),
        ("stock_age", "Âge", PEOPLE, "Âge en années révolues, ce jour-là.", ("exit_day", "planned_end"), "age"),
        ("stock_sex_age", "Sexe et âge", PEOPLE, "Les deux répartitions croisées.", ("exit_day", "planned_end"), "sex_age"),
        ("stock_qpv", "Quartier prioritaire", PEOPLE, _DISTRICT, ("exit_day", "planned_end"), "answers"),
        ("stock_qpv_share", "Part des enfants d'un quartier prioritaire", SHARE, "Oui, rapporté à oui et non ; les inconnus sont à part.", ("exit_day", "planned_end"), ""),
    ),
    *_of(
        Group.MOTIVES,
        ("motives", "Situations par motif", CASES, "Situations reçues qui citent le motif ; une situation peut en citer plusieurs.", (), "motives"),
        ("motive_children", "Enfants par motif", PEOPLE, "Enfants dont une situation reçue cite le motif.", (), "motives"),
        ("first_motive", "Premier motif", CASES, "Motif écrit en premier, situations reçues.", (), "motives"),
        ("motive_mentions", "Motifs cités", MENTIONS, "Somme des motifs des situations reçues ; un motif répété compte une fois.", (), ""),
        ("without_motive", "Situations sans motif", CASES, "Situations reçues sans aucun motif.", (), ""),
        ("followed_motives", "Enfants suivis par motif", PEOPLE, "Enfants suivis pendant l'année, selon les motifs de leurs situations suivies.", ("exit_day", "planned_end"), "motives"),
        ("followed_motive_mentions", "Motifs des situations suivies", MENTIONS, "Somme des motifs des situations dont le parcours est ouvert dans la période.", ("exit_day", "planned_end"), ""),
        ("followed_without_motive", "Enfants suivis sans motif", PEOPLE, "Enfants suivis dont aucune situation suivie n'a de motif.", ("exit_day", "planned_end"), ""),
    ),
    *_of(
        Group.ORIGINS,
        ("received_origins", "Situations par origine", CASES, "Situations reçues, selon qui les a adressées.", (), "origins"),
        ("followed_origins", "Enfants suivis par origine", PEOPLE, "Un enfant compte une fois par origine différente de ses situations suivies : la somme peut dépasser le total.", ("exit_day", "planned_end"), "origins"),
    ),
    *_of(
        Group.DELAYS,
        ("delay_received", "Délai médian, situations reçues", DAYS, "Situations reçues dans la période et arrivées au terme du délai au dernier jour ; les autres sont manquantes. Zéro si c'est le même jour.", ("delay_to",), ""),
        ("delay_received_mean", "Délai moyen, situations reçues", DAYS, "Mêmes situations.", ("delay_to",), ""),
        ("delay_held", "Délai médian, terme dans la période", DAYS, "Situations dont le délai se termine dans la période, toutes années de réception.", ("delay_to",), ""),
        ("delay_held_mean", "Délai moyen, terme dans la période", DAYS, "Mêmes situations.", ("delay_to",), ""),
    ),
    *_of(
        Group.PATHWAYS,
        ("pathways", "Parcours ouverts un jour au moins", PATHWAYS, "Parcours ouverts un jour de la période ; deux pour un enfant revenu.", ("exit_day", "planned_end"), ""),
        ("entries", "Parcours commencés", PATHWAYS, "Parcours commencés dans la période.", (), ""),
        ("children_entered", "Enfants entrés", PEOPLE, "Enfants dont un parcours a commencé dans la période.", (), ""),
        ("exits", "Parcours terminés", PATHWAYS, "Parcours terminés dans la période.", ("planned_end",), ""),
        ("children_left", "Enfants sortis", PEOPLE, "Enfants dont un parcours s'est terminé dans la période.", ("planned_end",), ""),
        ("exits_by_reason", "Sorties par motif", PATHWAYS, "Parcours terminés dans la période, selon le motif de sortie.", ("planned_end",), "exit_reasons"),
        ("ended_mean", "Durée moyenne des parcours terminés", DAYS, "Moyenne des seuls parcours terminés dans la période : elle oublie les parcours encore ouverts, souvent plus longs. Préférez la durée médiane ci-dessous.", ("planned_end",), ""),
    ),
    *_of(
        Group.LENGTHS,
        ("length_pathways", "Parcours pris en compte", PATHWAYS, "Tous les parcours commencés, de toutes les années.", ("length_from", "planned_end"), ""),
        ("length_ended", "Dont terminés", PATHWAYS, "Les autres sont observés jusqu'au jour d'arrêt des données.", ("length_from", "planned_end"), ""),
        ("length_median", "Durée médiane (Kaplan-Meier)", DAYS, "Plus petite durée au bout de laquelle la moitié des parcours au plus sont encore ouverts ; absente si elle n'est pas atteinte.", ("length_from", "planned_end"), ""),
        ("length_still", "Encore suivis après cette durée", SHARE, "Méthode de Kaplan-Meier, jours comptés depuis l'origine choisie.", ("length_from", "planned_end"), "horizons"),
        ("length_at_risk", "Observés aussi longtemps", PATHWAYS, "Parcours observés au moins cette durée.", ("length_from", "planned_end"), "horizons"),
        ("length_gone", "Sortis pour ce motif", SHARE, "Incidence cumulée d'Aalen-Johansen : les motifs se disputent les sorties, et leur somme est la part des sortis.", ("length_from", "planned_end"), "incidence"),
        ("length_naive_mean", "Moyenne des seuls parcours terminés", DAYS, "Pour comparer avec les enquêtes qui la demandent ; elle sous-estime la durée.", ("length_from", "planned_end"), ""),
        ("length_naive_median", "Médiane des seuls parcours terminés", DAYS, "Pour comparer ; elle sous-estime la durée.", ("length_from", "planned_end"), ""),
    ),
    *_of(
        Group.REFERENTS,
        ("referent_children", "Enfants par référent pendant l'année", PEOPLE, "Chaque référent qui a eu l'enfant au moins un jour ; un enfant compte pour chacun de ses référents.", ("planned_end",), "referents"),
        ("referent_stock", "Enfants par référent ce jour-là", PEOPLE, "Référent en charge ce jour-là ; le nouveau compte dès le jour du passage de relais.", ("planned_end",), "referents"),
    ),
    *_of(
        Group.HOURS,
        ("hours", "Heures en tout", HOURS, "Parcours ouverts dans la période. Heures des actions et minutes des notes ; dans l'année, une action compte à son premier jour. Sans heure écrite : manquant ; zéro écrit : zéro.", ("hours_of", "exit_day", "planned_end"), ""),
        ("hours_mean", "Heures par parcours, en moyenne", HOURS, "Moyenne des parcours renseignés.", ("hours_of", "exit_day", "planned_end"), ""),
        ("hours_median", "Heures par parcours, médiane", HOURS, "Médiane des parcours renseignés.", ("hours_of", "exit_day", "planned_end"), ""),
    ),
    *_of(
        Group.SCHOOLS,
        ("schools", "Établissements des enfants suivis", PLACES, "Établissements fréquentés dans l'année par un enfant suivi au moins.", ("exit_day", "planned_end"), ""),
        ("schools_by_kind", "Par niveau", PLACES, "Maternelle, élémentaire, collège, lycée, d'après la classe des enfants.", ("exit_day", "planned_end"), "school_kinds"),
        ("priority", "Enfants suivis et éducation prioritaire", PEOPLE, "Enfants suivis dont l'établissement est connu, selon son réseau.", ("exit_day", "planned_end"), "priority"),
    ),
    *_of(
        Group.MEANS,
        ("carrier", "Structure porteuse", "", "Saisie dans la fiche de l'année.", (), ""),
        ("state_credits", "Crédits de l'État", "euros", "Saisis dans la fiche de l'année.", (), ""),
        ("town_credits", "Crédits de la commune ou de l'intercommunalité", "euros", "Saisis dans la fiche de l'année.", (), ""),
        ("other_credits", "Autres cofinancements", "euros", "Saisis dans la fiche de l'année : Caf, département, fondations…", (), ""),
        ("cofinancing", "Taux de cofinancement", SHARE, "Crédits qui ne viennent pas de l'État, rapportés à tous les crédits saisis.", (), ""),
        ("credits_per_child", "Crédits par enfant suivi", "euros", "Tous les crédits saisis, rapportés aux enfants suivis pendant l'année.", ("exit_day", "planned_end"), ""),
        ("coordinators_fte", "Coordination, en équivalents temps plein", "ETP", "Saisi dans la fiche de l'année.", (), ""),
        ("referents_fte", "Référents de parcours, en équivalents temps plein", "ETP", "Saisi dans la fiche de l'année.", (), ""),
        ("children_per_fte", "Enfants suivis par équivalent temps plein de référent", PEOPLE, "Enfants suivis pendant l'année, rapportés aux équivalents temps plein de référents.", ("exit_day", "planned_end"), ""),
        ("districts", "Quartiers prioritaires couverts", "quartiers", "Saisi dans la fiche de l'année.", (), ""),
        ("teams", "Équipes pluridisciplinaires de soutien", "équipes", "Saisi dans la fiche de l'année.", (), ""),
    ),
    Definition(
        "profiles", Group.UNDEFINED, "Profils d'accompagnement", PEOPLE,
        "Sans définition publique : aucun texte accessible ne dit comment classer un enfant. Enfants suivis pendant l'année, selon le profil de leur parcours"
        " le plus récent au dernier jour de la période, choisi par l'équipe dans sa liste de référence : un changement d'après n'y touche pas. Tant qu'aucun de ces parcours n'a de profil : nombres saisis dans la fiche de l'année.",
        ("exit_day", "planned_end"), "profiles", version=3,
    ),
    *_of(
        Group.UNDEFINED,
        ("individual_rate", "Taux d'individualisation", SHARE, "Sans définition publique : ce taux est demandé, sa définition exacte n'est pas publiée. Saisi dans la fiche de l'année, avec votre façon de compter.", (), ""),
    ),
]  # fmt: skip

DEFINITIONS: dict[str, Definition] = {known.code: known for known in _DEFINED}
_CHOSEN = {
    "age_day": "Âge",
    "exit_day": "Jour de sortie",
    "taken_up": "Prise en charge",
    "delay_to": "Délai",
    "length_from": "Durée",
    "planned_end": "Fin prévue",
    "hours_of": "Heures",
}


def option_title(name: str) -> str:
    """What an option is about, in a word or two."""
    return _CHOSEN[name]


def words_of(definition: Definition, options: Options) -> str:
    """The definition with the choices made, and its version."""
    choices = options.choices()
    said = [f"{_CHOSEN[name]} : {choices[name].label}." for name in definition.options]
    return french(" ".join([definition.words, *said, f"Définition n° {definition.version}."]))


def chosen(options: Options) -> dict[str, tuple[str, int]]:
    """What is kept of a year: for each figure, its choices in one word and the version of its definition."""
    choices = options.choices()
    return {
        code: (",".join(f"{name}={choices[name].value}" for name in each.options), each.version)
        for code, each in DEFINITIONS.items()
    }


def differences(frame: Frame, before: dict[str, tuple[str, int]]) -> list[str]:
    """What is not counted as it was the year before, one sentence per choice, then per changed definition."""
    if not before:
        return []
    now, said = chosen(frame.options), []
    for name, term in frame.options.choices().items():
        earlier = {dict(_pairs(choice)).get(name) for choice, _ in before.values()} - {None, term.value}
        words = [_term(term, str(value)) for value in sorted(filter(None, earlier))]
        said += [french(f"{_CHOSEN[name]} : cette année, {term.label} ; l'année d'avant, {word}.") for word in words]
    changed = [code for code, (_, version) in before.items() if code in now and now[code][1] != version]
    said += [
        french(
            f"{DEFINITIONS[code].title} : définition en version {now[code][1]}, et {before[code][1]} l'année d'avant."
        )
        for code in changed
    ]
    return said


def _pairs(choice: str) -> list[tuple[str, str]]:
    return [(name, value) for name, _, value in (each.partition("=") for each in choice.split(",") if each)]


def _term(like: Term, value: str) -> str:
    return next((term.label for term in type(like) if term.value == value), value)
