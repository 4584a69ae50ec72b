"""What the common ground plugs into the application: tables, pages, tabs, words of the layout."""

from typing import Any

from flask import Flask, g, request, url_for

from impact import pages, wording
from impact.accounts import views as accounts
from impact.accounts.access import Action, may
from impact.accounts.guards import account, actor, community_db
from impact.accounts.migrations import directory
from impact.agreements import decision_views, sealed_pdf, vote_views
from impact.agreements.migrations import agreements
from impact.agreements.todos import agreement_todos
from impact.children_wiring import plug_children
from impact.communities import (
    home_views,
    instance_views,
    join_views,
    member_views,
    organisation_views,
    settings_views,
)
from impact.communities.migrations import communities
from impact.communities.records import Community
from impact.communities.storage import get_community
from impact.cooperation import action_views as cooperation_action_views
from impact.cooperation import grid_views as cooperation_grid_views
from impact.cooperation import meeting_views as cooperation_meeting_views
from impact.cooperation import question_views as cooperation_question_views
from impact.cooperation import sheet_views as cooperation_sheet_views
from impact.cooperation.aiming import Aiming
from impact.cooperation.migrations import cooperation
from impact.cooperation.todos import cooperation_todos
from impact.diagnosis import orientation_views as diagnosis_orientation_views
from impact.diagnosis import prospect_views as diagnosis_prospect_views
from impact.diagnosis import views as diagnosis_views
from impact.diagnosis.migrations import diagnosis
from impact.diagnosis.naming import Naming
from impact.diagnosis.orientation_storage import keep_aims, list_aims
from impact.events import network_views as event_network_views
from impact.events import views as event_views
from impact.events.migrations import events
from impact.events.todos import event_todos
from impact.families import views as family_views
from impact.families.migrations import families
from impact.jobs import Jobs
from impact.mediation import activity_views as mediation_activity_views
from impact.mediation import entry_views as mediation_entry_views
from impact.mediation import site_views as mediation_site_views
from impact.mediation.migrations import mediation
from impact.mediation.todos import mediation_todos
from impact.mediation.vocabulary import OBJECTS as mediation_objects
from impact.migrations import community_file, every_file
from impact.navigation import Navigation, Tab
from impact.pathways.daily_migrations import pathways
from impact.plans import condition_views as plan_condition_views
from impact.plans import sheet_views as plan_sheet_views
from impact.plans import time_views as plan_time_views
from impact.plans import views as plan_views
from impact.plans.migrations import plans
from impact.plans.todos import plan_todos
from impact.protection.migrations import protection
from impact.schools import views as school_views
from impact.schools.migrations import schools
from impact.sheets.migrations import sheets
from impact.story import demonstrate as demonstrate
from impact.vocabulary import CommunityKind
from impact.workshops import registration_views as workshop_registration_views
from impact.workshops import session_views as workshop_session_views
from impact.workshops import views as workshop_views
from impact.workshops.asking import Asking
from impact.workshops.migrations import workshops
from impact.workshops.todos import workshop_todos

DIRECTORY = (every_file, directory)
SHARED = (every_file,)
COMMUNITY = (
    every_file,
    community_file,
    communities,
    cooperation,
    agreements,
    plans,
    diagnosis,
    workshops,
    events,
    families,
    pathways,
    mediation,
    protection,
    sheets,
    schools,
)
_WORDS = (
    "number",
    "money",
    "percent",
    "signed",
    "plural",
    "short_date",
    "long_date",
    "weekday_date",
    "local_moment",
    "join_words",
    "inner",
    "of_name",
)


def plug(app: Flask, navigation: Navigation) -> None:
    """Register the pages and menus of every feature."""
    for blueprint in (accounts.pages, home_views.todo, home_views.home_pages, pages.pages):
        app.register_blueprint(blueprint)
    _plug_communities(app, navigation)
    _plug_cooperation(app, navigation)
    _plug_plans(app, navigation)
    _plug_diagnosis(app, navigation)
    _plug_events(app, navigation)
    _plug_agreements(app, navigation)
    plug_children(app, navigation)
    _plug_mediation(app, navigation)
    _plug_schools(app, navigation)
    for name in _WORDS:
        app.jinja_env.globals[name] = app.jinja_env.filters[name] = getattr(wording, name)
    app.context_processor(lambda: _layout(navigation))


def _plug_communities(app: Flask, navigation: Navigation) -> None:
    for views in (instance_views, join_views, member_views, organisation_views, settings_views):
        app.register_blueprint(views.pages)
    navigation.add_tab(Tab("organisations", "Annuaire", "organisations.index", Action.VIEW_DIRECTORY, 70))
    navigation.add_tab(Tab("members", "Membres", "members.index", Action.VIEW_DIRECTORY, 75))
    navigation.add_tab(Tab("settings", "Réglages", "settings.edit", Action.MANAGE_COMMUNITY, 90))
    assert workshop_registration_views.pages is workshop_session_views.pages is workshop_views.pages
    app.extensions["asking"] = Asking()
    app.register_blueprint(workshop_registration_views.public_pages)
    app.register_blueprint(workshop_views.pages)
    app.register_blueprint(family_views.pages)
    navigation.add_tab(Tab("workshops", "Ateliers", "workshops.index", Action.VIEW_WORKSHOPS, 30))
    navigation.add_todos(workshop_todos)
    navigation.name_objects(
        {
            "cycle": "Cycle d’ateliers",
            "workshop": "Atelier",
            "production": "Production d’un atelier",
            "registration": "Inscription à un atelier",
            "commitment": "Engagement pris en atelier",
            "family": "Famille venue aux ateliers",
            "community": "Communauté",
            "organisation": "Structure",
            "member": "Personne de l’annuaire",
            "membership": "Rôle d’une personne",
            "invitation": "Invitation",
            "reference_item": "Liste de référence",
            "audit_entry": "Journal des accès",
        }
    )


def _plug_plans(app: Flask, navigation: Navigation) -> None:
    # These modules add their pages to one blueprint, so that the tab stays marked on each.
    assert all(each.pages is plan_views.pages for each in (plan_condition_views, plan_sheet_views, plan_time_views))
    app.register_blueprint(plan_views.pages)
    navigation.add_tab(Tab("plans", "Feuille de route", "plans.index", Action.VIEW_PLANS, 35))
    navigation.add_todos(plan_todos)
    navigation.name_objects(
        {
            "roadmap_objective": "Objectif de la feuille de route",
            "roadmap_action": "Action de la feuille de route",
            "roadmap_step": "Étape de la feuille de route",
            "coordination_time": "Temps de la coordination",
            "condition_round": "Tour sur les cinq conditions",
            "condition_answer": "Réponse sur les cinq conditions",
            "experience_sheet": "Fiche expérience",
        }
    )


def _plug_diagnosis(app: Flask, navigation: Navigation) -> None:
    # These modules add their pages to one blueprint, so that the tab stays marked on each.
    assert diagnosis_orientation_views.pages is diagnosis_prospect_views.pages is diagnosis_views.pages
    app.extensions["diagnosis"] = Naming()
    app.register_blueprint(diagnosis_views.pages)
    kinds = (CommunityKind.CITE, CommunityKind.COLLECTIVE)
    navigation.add_tab(Tab("diagnosis", "Diagnostic", "diagnosis.index", Action.VIEW_PLANS, 34, kinds))
    navigation.name_objects(
        {
            "axis": "Axe du diagnostic",
            "working_group": "Groupe de travail",
            "finding": "Constat du diagnostic",
            "crossing": "Croisement de constats",
            "strategic_orientation": "Orientation stratégique",
            "diagnosis_validation": "Validation du diagnostic",
            "trend": "Tendance",
            "desired_future": "Avenir souhaité",
            "two_round_text": "Texte en deux tours",
        }
    )


def _plug_events(app: Flask, navigation: Navigation) -> None:
    assert event_network_views.pages is event_views.pages
    app.register_blueprint(event_network_views.public_pages)
    app.register_blueprint(event_views.pages)
    kinds = (CommunityKind.CITE, CommunityKind.COLLECTIVE)
    navigation.add_tab(Tab("events", "Événements", "events.index", Action.VIEW_WORKSHOPS, 32, kinds))
    navigation.add_todos(event_todos)
    navigation.name_objects(
        {
            "event": "Événement",
            "event_series": "Série d’événements",
            "series_class": "Classe d’une série de séquences",
            "public_agenda": "Agenda public",
            "network_offer": "Offre du réseau",
            "network_resource": "Ressource du réseau",
        }
    )


def _plug_cooperation(app: Flask, navigation: Navigation) -> None:
    # These modules add their pages to one blueprint, so that the tab stays marked on each.
    assert cooperation_action_views.pages is cooperation_meeting_views.pages
    assert cooperation_question_views.pages is cooperation_sheet_views.pages is cooperation_grid_views.pages
    app.extensions["cooperation"] = Aiming(list_aims, keep_aims)
    app.register_blueprint(cooperation_sheet_views.pages)
    navigation.add_tab(Tab("cooperation", "Acteurs", "cooperation.index", Action.VIEW_COOPERATION, 25))
    navigation.add_todos(cooperation_todos)
    navigation.name_objects(
        {
            "key_question": "Question essentielle",
            "link_round": "Tour des liens entre structures",
            "organisation_link": "Lien entre structures",
            "joint_action": "Action commune",
            "action_funding": "Financement d’une action",
            "committee_meeting": "Réunion de comité",
            "organisation_sheet": "Fiche d’une structure",
            "member_mandate": "Mandat d’une personne",
            "counterpart": "Vis-à-vis d’une structure",
            "action_criterion": "Grille de financement d’une action",
        }
    )


def _plug_agreements(app: Flask, navigation: Navigation) -> None:
    # Both modules add their pages to the blueprint of texts.
    assert vote_views.pages is decision_views.pages
    app.register_blueprint(vote_views.pages)
    navigation.add_tab(Tab("agreements", "Charte", "agreements.index", Action.VIEW_AGREEMENTS, 55))
    navigation.add_todos(agreement_todos)
    queue: Jobs = app.extensions["jobs"]
    queue.register(sealed_pdf.SEAL_EDITION, sealed_pdf.seal_edition, sealed_pdf.unsealed_editions)
    navigation.name_objects(
        {
            "agreement": "Charte ou autre texte",
            "edition": "Version d’un texte",
            "article": "Article d’un texte",
            "article_comment": "Commentaire d’un article",
            "amendment": "Amendement",
            "ballot": "Vote sur un texte",
            "signature": "Signature d’un texte",
            "sealed_text": "PDF scellé",
            "community_decision": "Décision de la communauté",
        }
    )


def _plug_mediation(app: Flask, navigation: Navigation) -> None:
    # These modules add their pages to one blueprint, so that the tab stays marked on each.
    assert mediation_activity_views.pages is mediation_entry_views.pages is mediation_site_views.pages
    app.register_blueprint(mediation_site_views.pages)
    kinds = (CommunityKind.MEDIATION, CommunityKind.CITE)
    navigation.add_tab(Tab("mediation", "Médiation", "mediation.index", Action.VIEW_MEDIATION, 22, kinds))
    navigation.add_todos(mediation_todos)
    navigation.name_objects(mediation_objects)


def _plug_schools(app: Flask, navigation: Navigation) -> None:
    # Its first page, which reads computed figures, is added by the reports with the tab.
    app.register_blueprint(school_views.pages)
    navigation.name_objects({"school": "Établissement", "mix_rule": "Écart à signaler entre établissements"})


def _layout(navigation: Navigation) -> dict[str, Any]:
    inside = "community_db" in g
    return {
        "person": account(),
        "slug": (request.view_args or {}).get("slug", "") if inside else "",
        "community": get_community(community_db()) if inside else None,
        "tabs": _tabs(navigation, get_community(community_db())) if inside else [],
        "personal_pages": navigation.personal_pages,
        "current_tab": g.get("tab", request.blueprint),
        "can": lambda action: inside and may(actor(), Action(action)),
    }


def _tabs(navigation: Navigation, community: Community) -> list[dict[str, str]]:
    slug = (request.view_args or {})["slug"]
    return [
        {"key": tab.key, "label": tab.label, "url": url_for(tab.endpoint, slug=slug)}
        for tab in navigation.tabs
        if community.kind in tab.kinds and tab.key not in community.hidden_tabs and may(actor(), Action(tab.action))
    ]
