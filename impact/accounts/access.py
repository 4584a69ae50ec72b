"""The one place for rights: who may do what, on what."""

from collections.abc import Collection
from dataclasses import dataclass

from impact.audit import Actor
from impact.vocabulary import Term


class Role(Term):
    """A person's role in one community; the administrator has none, in any."""

    COORDINATOR = "coordinator", "Coordination"
    REFERENT = "referent", "Référent de parcours"
    TEAM_PARTNER = "team_partner", "Partenaire de l’équipe de soutien"
    FACILITATOR = "facilitator", "Animation"
    MEMBER = "member", "Membre"
    BOARD = "board", "Conseil, élus"
    FUNDER = "funder", "Financeur"
    EVALUATOR = "evaluator", "Évaluation extérieure"


class Action(Term):
    """What a view does; each view declares one."""

    VIEW_COMMUNITY = "view_community", "Voir l’accueil de la communauté"
    MANAGE_COMMUNITY = "manage_community", "Régler la communauté, ses listes et ses onglets"
    MANAGE_MEMBERS = "manage_members", "Inviter des membres, changer leur rôle"
    VIEW_DIRECTORY = "view_directory", "Lire l’annuaire des structures et des membres"
    EDIT_DIRECTORY = "edit_directory", "Compléter l’annuaire"
    VIEW_COOPERATION = "view_cooperation", "Lire les acteurs, leurs liens, leurs actions et leurs réunions"
    DECLARE_LINKS = "declare_links", "Dire les liens de sa structure"
    RUN_COOPERATION = "run_cooperation", "Tenir les questions, les liens, les actions et les réunions"
    VIEW_WORKSHOPS = "view_workshops", "Lire les cycles d’ateliers"
    RUN_WORKSHOPS = "run_workshops", "Tenir les ateliers et les présences"
    VIEW_MEDIATION = "view_mediation", "Lire les sites et les chiffres de la médiation"
    LOG_MEDIATION = "log_mediation", "Noter ses activités de médiation"
    RUN_MEDIATION = "run_mediation", "Tenir les sites, les affectations et les activités de médiation"
    VIEW_PLANS = "view_plans", "Lire la feuille de route, le diagnostic et les fiches"
    CONTRIBUTE_PLANS = "contribute_plans", "Dire où en est son étape, répondre sur les cinq conditions"
    EDIT_PLANS = "edit_plans", "Écrire la feuille de route, le diagnostic et les fiches"
    VIEW_AGREEMENTS = "view_agreements", "Lire la charte, les autres textes et les décisions"
    DISCUSS_AGREEMENTS = "discuss_agreements", "Commenter, amender, voter, signer"
    RUN_AGREEMENTS = "run_agreements", "Écrire les textes, tenir les votes et le registre des décisions"
    EDIT_SCHOOLS = "edit_schools", "Tenir les chiffres des établissements scolaires"
    VIEW_SITUATIONS = "view_situations", "Lire les situations d’enfants"
    ADD_SITUATION = "add_situation", "Recevoir une situation"
    DECIDE_SITUATION = "decide_situation", "Inscrire la décision de l’équipe de soutien"
    FOLLOW_CHILD = "follow_child", "Écrire le suivi d’un enfant"
    END_PATHWAY = "end_pathway", "Terminer un parcours"
    EXCHANGE_SITUATIONS = "exchange_situations", "Importer, exporter et réunir des dossiers d’enfants"
    OPEN_URGENTLY = "open_urgently", "Ouvrir un dossier en urgence"
    COPY_FILE = "copy_file", "Préparer ou remettre la copie d’un dossier"
    SETTLE_RETENTION = "settle_retention", "Archiver et effacer les dossiers"
    VIEW_SURVEYS = "view_surveys", "Lire les questionnaires et les vagues"
    RUN_SURVEYS = "run_surveys", "Ouvrir et fermer une vague"
    VIEW_RESULTS = "view_results", "Lire les résultats des questionnaires"
    VIEW_MAP = "view_map", "Lire la chaîne de valeur"
    EDIT_MAP = "edit_map", "Modifier la chaîne de valeur"
    VIEW_FIGURES = "view_figures", "Lire les indicateurs"
    VIEW_EXACT_FIGURES = "view_exact_figures", "Lire les indicateurs exacts"
    REMARK_DRAFTS = "remark_drafts", "Lire les brouillons de rapport et y signer des remarques"
    EDIT_EVALUATION = "edit_evaluation", "Écrire le cadre d’évaluation et ses cibles"
    VIEW_REPORTS = "view_reports", "Lire les rapports remis"
    ORDER_REPORT = "order_report", "Composer un rapport"
    VIEW_AUDIT = "view_audit", "Lire le journal des accès"
    MANAGE_INSTANCE = "manage_instance", "Créer des communautés et des comptes"


class FieldClass(Term):
    """What a piece of information about a child is about; health and justice are sealed one by one."""

    IDENTITY = "identity", "Identité"
    SCHOOL = "school", "École"
    SOCIAL = "social", "Famille et vie sociale"
    HEALTH = "health", "Santé"
    JUSTICE = "justice", "Justice et protection"


@dataclass(frozen=True)
class Team:
    """Who follows a child: the ids of the members, present referent first."""

    member_ids: Collection[int]


# Whatever shows a child by name. Art. 128 of the law of 18 January 2005 keeps it from the board and the funders.
NOMINATIVE = frozenset(
    {
        Action.VIEW_SITUATIONS,
        Action.ADD_SITUATION,
        Action.DECIDE_SITUATION,
        Action.FOLLOW_CHILD,
        Action.END_PATHWAY,
        Action.EXCHANGE_SITUATIONS,
        Action.OPEN_URGENTLY,
        Action.COPY_FILE,
        Action.SETTLE_RETENTION,
    }
)
_AGGREGATES = frozenset({Action.VIEW_COMMUNITY, Action.VIEW_FIGURES, Action.VIEW_REPORTS, Action.VIEW_MAP})
_TEXTS = frozenset({Action.VIEW_AGREEMENTS, Action.DISCUSS_AGREEMENTS})
_MEMBER = (
    _AGGREGATES
    | _TEXTS
    | {
        Action.VIEW_DIRECTORY,
        Action.VIEW_COOPERATION,
        Action.DECLARE_LINKS,
        Action.VIEW_WORKSHOPS,
        Action.VIEW_MEDIATION,
        Action.LOG_MEDIATION,
        Action.VIEW_PLANS,
        Action.CONTRIBUTE_PLANS,
        Action.VIEW_SURVEYS,
        Action.VIEW_RESULTS,
    }
)
_FACILITATOR = _MEMBER | {
    Action.MANAGE_COMMUNITY,
    Action.MANAGE_MEMBERS,
    Action.RUN_AGREEMENTS,
    Action.EDIT_DIRECTORY,
    Action.RUN_COOPERATION,
    Action.RUN_WORKSHOPS,
    Action.RUN_MEDIATION,
    Action.RUN_SURVEYS,
    Action.EDIT_MAP,
    Action.EDIT_PLANS,
    Action.EDIT_EVALUATION,
    Action.EDIT_SCHOOLS,
    Action.REMARK_DRAFTS,
    Action.ORDER_REPORT,
    Action.VIEW_AUDIT,
}
RIGHTS: dict[Role, frozenset[Action]] = {
    Role.COORDINATOR: _FACILITATOR | NOMINATIVE | {Action.VIEW_EXACT_FIGURES},
    Role.REFERENT: _MEMBER
    | {
        Action.VIEW_SITUATIONS,
        Action.ADD_SITUATION,
        Action.FOLLOW_CHILD,
        Action.END_PATHWAY,
        Action.OPEN_URGENTLY,
        Action.COPY_FILE,
    },
    Role.TEAM_PARTNER: _MEMBER | {Action.VIEW_SITUATIONS, Action.OPEN_URGENTLY},
    Role.FACILITATOR: _FACILITATOR,
    Role.MEMBER: _MEMBER,
    Role.BOARD: _AGGREGATES,
    Role.FUNDER: _AGGREGATES,
    Role.EVALUATOR: _AGGREGATES
    | {Action.VIEW_COOPERATION, Action.VIEW_SURVEYS, Action.VIEW_RESULTS, Action.REMARK_DRAFTS},
}
_WHOLE_PRE = frozenset({Role.COORDINATOR})
_FIELDS: dict[Role, frozenset[FieldClass]] = {
    Role.COORDINATOR: frozenset(FieldClass),
    Role.REFERENT: frozenset(FieldClass),
    Role.TEAM_PARTNER: frozenset({FieldClass.IDENTITY, FieldClass.SCHOOL, FieldClass.SOCIAL}),
}


def may(actor: Actor, action: Action, team: Team | None = None) -> bool:
    """Whether this actor may do this; a nominative action on one child also needs to belong to the child's team."""
    if action not in rights_of(actor):
        return False
    if team is None or action not in NOMINATIVE or actor.role in _WHOLE_PRE:
        return True
    return actor.member_id in team.member_ids


def rights_of(actor: Actor) -> frozenset[Action]:
    """Every action of a role; a role that is not of a community (system, administrator) has none here."""
    role = _role(actor)
    return RIGHTS[role] if role else frozenset()


def sees_whole_file(actor: Actor) -> bool:
    """Whether the actor reads every child of the community, and not only those she follows."""
    return actor.role in _WHOLE_PRE


def readable_fields(actor: Actor) -> frozenset[FieldClass]:
    """The classes of field that a role reads about the children it follows."""
    role = _role(actor)
    return _FIELDS.get(role, frozenset()) if role else frozenset()


def readers(field: FieldClass) -> list[Role]:
    """The roles that read a class of field about the children they follow."""
    return [role for role in Role if field in _FIELDS.get(role, ())]


def _role(actor: Actor) -> Role | None:
    return next((role for role in Role if role.value == actor.role), None)
