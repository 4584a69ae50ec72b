"""What the common ground plugs in about the children of a PRE: pathways, spreadsheets, protection of their files."""

from flask import Flask

from impact.accounts.access import Action
from impact.jobs import Jobs
from impact.navigation import FileLink, Navigation, Tab
from impact.pathways import action_views as pathway_action_views
from impact.pathways import adult_views as pathway_adult_views
from impact.pathways import delay_views as pathway_delay_views
from impact.pathways import family_views as pathway_family_views
from impact.pathways import handover_views as pathway_handover_views
from impact.pathways import list_views as pathway_list_views
from impact.pathways import load_views, pathway_views
from impact.pathways import meeting_views as pathway_meeting_views
from impact.pathways import note_views as pathway_note_views
from impact.pathways import schooling_views as pathway_schooling_views
from impact.pathways import sheet_views as pathway_sheet_views
from impact.pathways import sibling_views as pathway_sibling_views
from impact.pathways import step_views as pathway_step_views
from impact.pathways.storage import seed_new_community
from impact.pathways.todos import list_todos as pathway_todos
from impact.protection import (
    copy_views,
    register_views,
    restriction_views,
    retention_views,
    urgent_views,
)
from impact.protection.notices import file_notices
from impact.protection.todos import protection_todos
from impact.sheets import duplicate_views, export_views
from impact.sheets import importing as sheet_importing
from impact.vocabulary import CommunityKind


def plug_children(app: Flask, navigation: Navigation) -> None:
    """Register their pages, tabs and work."""
    _plug_pathways(app, navigation)
    _plug_sheets(app, navigation)
    _plug_protection(app, navigation)


def _plug_pathways(app: Flask, navigation: Navigation) -> None:
    # These modules add their pages to one blueprint, so that the tab stays marked on each.
    modules = (
        pathway_action_views,
        pathway_adult_views,
        pathway_delay_views,
        pathway_family_views,
        pathway_handover_views,
        pathway_list_views,
        load_views,
        pathway_meeting_views,
        pathway_note_views,
        pathway_schooling_views,
        pathway_sibling_views,
        pathway_sheet_views,
        pathway_step_views,
        pathway_views,
    )
    assert len({id(module.pages) for module in modules}) == 1
    app.register_blueprint(pathway_step_views.pages)
    kinds = (CommunityKind.PRE,)
    navigation.add_tab(Tab("pathways", "Enfants", "pathways.index", Action.VIEW_SITUATIONS, 20, kinds))
    navigation.add_todos(pathway_todos)
    navigation.on_new_community(seed_new_community)
    navigation.name_objects(
        {
            "situation": "Situation d’un enfant",
            "situation_list": "Liste des enfants",
            "consent": "Accord d’un représentant légal",
            "decision": "Décision de l’équipe de soutien",
            "support_meeting": "Réunion de l’équipe de soutien",
            "pathway": "Parcours",
            "objective": "Objectif",
            "follow_up_note": "Note de suivi",
            "domain_review": "Bilan par domaine",
            "pathway_exit": "Sortie d’un parcours",
            "hand_over": "Transmission à un autre référent",
            "follow_up_delays": "Délais du suivi",
            "pathway_action": "Action d’un parcours",
            "schooling": "Scolarité d’un enfant",
            "household_adult": "Adulte d’un foyer",
        }
    )


def _plug_sheets(app: Flask, navigation: Navigation) -> None:
    # These modules add their pages to one blueprint.
    assert duplicate_views.pages is export_views.pages
    app.register_blueprint(duplicate_views.pages)
    queue: Jobs = app.extensions["jobs"]
    queue.register(sheet_importing.IMPORT_SHEET, sheet_importing.do_import, sheet_importing.unfinished_imports)
    navigation.name_objects(
        {
            "sheet_import": "Import d’un tableau",
            "follow_up_table": "Table de suivi",
            "follow_up_export": "Tous les dossiers",
            "child_merge": "Dossiers réunis",
            "child_distinct": "Enfants distincts",
        }
    )


def _plug_protection(app: Flask, navigation: Navigation) -> None:
    # These modules add their pages to one blueprint, so that the tab stays marked on each.
    modules = (copy_views, register_views, restriction_views, retention_views, urgent_views)
    assert len({id(module.pages) for module in modules}) == 1
    app.register_blueprint(register_views.pages)
    kinds = (CommunityKind.PRE,)
    navigation.add_tab(Tab("protection", "Registre", "protection.register", Action.VIEW_COMMUNITY, 80, kinds))
    navigation.add_todos(protection_todos)
    navigation.add_notices(file_notices)
    navigation.add_file_link(FileLink("Copie du dossier pour la famille", "protection.copy", Action.COPY_FILE))
    navigation.add_file_link(FileLink("Restriction de contact", "protection.restriction", Action.FOLLOW_CHILD))
    navigation.name_objects(
        {
            "urgent_access": "Lecture en urgence",
            "file_copy": "Copie d’un dossier",
            "child_file": "Dossier effacé",
            "retention_delay": "Délai de conservation",
            "field_switch": "Champ d’un formulaire",
        }
    )
