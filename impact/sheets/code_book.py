"""What the export of everything holds, table by table, and what its columns and codes mean."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from impact.accounts.access import FieldClass
from impact.pathways.vocabulary import (
    Authority,
    ContactKind,
    InQpv,
    Level,
    Means,
    ObjectiveResult,
    Outcome,
    Presence,
    PriorityNetwork,
    ReferenceList,
    Relation,
    Sex,
    Tie,
)
from impact.vocabulary import Term

Words = type[Term] | ReferenceList | None


@dataclass(frozen=True)
class Told:
    """A column of an exported table: `person` holds the id of an identity, `words` what its codes stand for.

    A `child` is told in three columns: family name, given name, birth date.
    """

    key: str
    heading: str
    words: Words = None
    person: bool = False
    days: bool = False
    child: bool = False


@dataclass(frozen=True)
class Exported:
    """A table to export: `scope` is the column that ties a row to a child, a situation or a pathway."""

    title: str
    scope: str
    columns: tuple[Told, ...]


def _days(*pairs: tuple[str, str]) -> tuple[Told, ...]:
    return tuple(Told(key, heading, days=True) for key, heading in pairs)


def _plain(*pairs: tuple[str, str]) -> tuple[Told, ...]:
    return tuple(Told(key, heading) for key, heading in pairs)


TABLES: tuple[Exported, ...] = (
    Exported(
        "Enfants",
        "child_id",
        (
            *_plain(("child_id", "Enfant")),
            Told("identity_id", "Nom", person=True, child=True),
            Told("sex", "Sexe", Sex),
            *_plain(("household_id", "Foyer")),
        ),
    ),
    Exported(
        "Adultes du foyer",
        "child_id",
        (
            *_plain(("child_id", "Enfant"), ("household_id", "Foyer")),
            Told("identity_id", "Nom", person=True),
            Told("relation", "Lien", Tie),
            *_plain(("tie", "Précision")),
            Told("authority", "Autorité parentale", Authority),
            *_plain(("language", "Langue")),
        ),
    ),
    Exported(
        "Situations",
        "child_id",
        (
            *_plain(("id", "Situation"), ("child_id", "Enfant"), ("number", "N° dossier"), ("postcode", "Code postal")),
            *_days(("received_on", "Reçue le"), ("presented_on", "Présentée à l’équipe le")),
            Told("origin", "Origine", ReferenceList.ORIGINS),
            *_plain(("context", "Contexte"), ("institution", "Institution"), ("sender_role", "Fonction")),
            *_plain(("tried", "Déjà tenté"), ("informed_by", "Parents informés par")),
            *_days(("informed_on", "Parents informés le")),
            *_plain(("child_wish", "Souhait de l’enfant"), ("parents_wish", "Souhait des parents")),
        ),
    ),
    Exported(
        "Motifs",
        "situation_id",
        (*_plain(("situation_id", "Situation"), ("rank", "Rang")), Told("code", "Motif", ReferenceList.MOTIVES)),
    ),
    Exported(
        "Accords",
        "situation_id",
        (
            *_plain(("situation_id", "Situation")),
            Told("identity_id", "Donné par", person=True),
            Told("relation", "Qualité", Relation),
            *_days(("given_on", "Donné le")),
            Told("means", "Forme", Means),
            *_plain(("scope", "Étendue"), ("text_version", "Texte")),
            *_days(("withdrawn_on", "Retiré le")),
        ),
    ),
    Exported(
        "Décisions",
        "situation_id",
        (
            *_plain(("situation_id", "Situation")),
            *_days(("decided_on", "Décidée le")),
            Told("outcome", "Décision", Outcome),
            *_plain(("declined", "Refus de la famille"), ("reason", "Raison")),
        ),
    ),
    Exported(
        "Équipe de soutien",
        "situation_id",
        (
            *_plain(("meeting_id", "Réunion")),
            *_days(("held_on", "Tenue le")),
            *_plain(("place", "Lieu"), ("situation_id", "Situation")),
            *_days(("review_on", "À revoir le")),
        ),
    ),
    Exported(
        "Institutions présentes",
        "",
        (*_plain(("meeting_id", "Réunion"), ("name", "Institution")), Told("presence", "Présence", Presence)),
    ),
    Exported(
        "Scolarité",
        "child_id",
        (
            *_plain(("child_id", "Enfant"), ("school_year", "Rentrée"), ("school", "Établissement"), ("uai", "UAI")),
            Told("level", "Niveau", Level),
            *_plain(("class_name", "Classe")),
            Told("qpv", "Quartier prioritaire", InQpv),
            Told("priority", "Éducation prioritaire", PriorityNetwork),
        ),
    ),
    Exported(
        "Parcours",
        "situation_id",
        (
            *_plain(("id", "Parcours"), ("situation_id", "Situation")),
            *_days(("started_on", "Début"), ("expected_end_on", "Fin prévue"), ("review_on", "Prochain bilan")),
        ),
    ),
    Exported(
        "Profils",
        "pathway_id",
        (
            *_plain(("pathway_id", "Parcours")),
            *_days(("since", "Depuis le")),
            Told("profile", "Profil", ReferenceList.PROFILES),
        ),
    ),
    Exported(
        "Référents",
        "pathway_id",
        (
            *_plain(("pathway_id", "Parcours")),
            Told("identity_id", "Référent", person=True),
            *_days(("since", "Depuis le"), ("until", "Jusqu’au")),
        ),
    ),
    Exported(
        "Objectifs",
        "pathway_id",
        (
            *_plain(("id", "Objectif"), ("pathway_id", "Parcours"), ("label", "Intitulé")),
            *_plain(("starting_point", "Point de départ"), ("starting_level", "Niveau de départ"), ("level", "Niveau")),
            Told("result", "Résultat", ObjectiveResult),
        ),
    ),
    Exported(
        "Notes",
        "pathway_id",
        (
            *_plain(("pathway_id", "Parcours"), ("number", "N° dossier")),
            Told("child_identity_id", "Nom", person=True, child=True),
            Told("identity_id", "Écrite par", person=True),
            *_days(("contact_on", "Contact le")),
            Told("contact_kind", "Moyen", ContactKind),
            *_plain(("with_whom", "Avec qui"), ("minutes", "Minutes"), ("objective_id", "Objectif")),
            Told("field_class", "Domaine", FieldClass),
            *_plain(("observed", "Ce qui est observé"), ("appreciation", "Ce qu’on en pense")),
            *_plain(("next_step", "Suite à donner")),
            *_days(("next_on", "Pour le"), ("next_done_on", "Faite le")),
        ),
    ),
    Exported(
        "Actions",
        "pathway_id",
        (
            *_plain(("pathway_id", "Parcours")),
            Told("domain", "Domaine", ReferenceList.DOMAINS),
            *_plain(("label", "Action"), ("operator", "Opérateur"), ("rhythm", "Rythme")),
            *_days(("started_on", "Début"), ("ended_on", "Fin")),
            *_plain(("hours", "Heures"), ("cost", "Coût (€)"), ("cofunded", "Cofinancement (€)")),
            *_plain(("cofunder", "Cofinanceur")),
        ),
    ),
    Exported(
        "Bilans",
        "pathway_id",
        (
            *_plain(("pathway_id", "Parcours")),
            *_days(("reviewed_on", "Bilan du")),
            Told("domain", "Domaine", ReferenceList.DOMAINS),
            *_plain(("score", "Note de 1 à 5"), ("reason", "Ce qui fait choisir cette note")),
        ),
    ),
    Exported(
        "Sorties",
        "pathway_id",
        (
            *_plain(("pathway_id", "Parcours")),
            *_days(("ended_on", "Sortie le")),
            Told("reason", "Motif", ReferenceList.EXIT_REASONS),
            *_plain(
                ("relay", "Relais"), ("child_opinion", "Avis de l’enfant"), ("parents_opinion", "Avis des parents")
            ),
            *_plain(("referent_opinion", "Avis du référent")),
            *_days(("reopened_on", "Rouvert le")),
            *_plain(("reopening_reason", "Raison de la reprise")),
        ),
    ),
)


# The tables of the register whose fields an exported table gives, where some may be switched off.
_GIVES = {
    "Enfants": ("child",),
    "Adultes du foyer": ("household_adult",),
    "Situations": ("situation", "orientation", "situation_import"),
    "Scolarité": ("schooling",),
    "Parcours": ("pathway",),
    "Objectifs": ("objective",),
    "Notes": ("follow_up_note", "situation_import"),
    "Actions": ("pathway_action",),
    "Sorties": ("pathway_exit",),
}


def asked_tables(off: Collection[str]) -> list[Exported]:
    """The tables without the columns of the fields switched off, « table.column »."""

    def asked(table: Exported, column: Told) -> bool:
        return not any(f"{name}.{column.key}" in off for name in _GIVES.get(table.title, ()))

    return [replace(table, columns=tuple(each for each in table.columns if asked(table, each))) for table in TABLES]


def code_rows(
    tables: Sequence[Exported], lists: Mapping[ReferenceList, Mapping[str, str]]
) -> list[tuple[str, str, str, str, str]]:
    """Table, column, kind, code, meaning: one row by column, then one by code."""
    rows: list[tuple[str, str, str, str, str]] = []
    for table in tables:
        for column in table.columns:
            kind = (
                "date"
                if column.days
                else "code"
                if column.words
                else "personne"
                if column.person
                else "texte ou nombre"
            )
            rows.append((table.title, column.heading, kind, "", ""))
            rows += [
                (table.title, column.heading, kind, code, label) for code, label in words_of(column, lists).items()
            ]
    return rows


def words_of(column: Told, lists: Mapping[ReferenceList, Mapping[str, str]]) -> dict[str, str]:
    """Label by code; nothing for a column without codes."""
    if column.words is None:
        return {}
    if isinstance(column.words, ReferenceList):
        return dict(lists[column.words])
    return {term.value: term.label for term in column.words}
