"""What this package plugs into the application: tables, pages, tabs, work for the queue."""

from datetime import date
from importlib.metadata import version

from flask import Flask
from markupsafe import Markup

from impact.accounts.access import Action
from impact.audit import SYSTEM
from impact.communities.storage import get_community
from impact.db import EncryptedDatabase
from impact.demo import CITE, ESSONNE, MEDIATION, PRE
from impact.instance import Instance
from impact.jobs import Jobs
from impact.navigation import Navigation, Tab
from impact.schools.views import KINDS as WITH_SCHOOLS
from impact.vocabulary import Audience, CommunityKind
from reports import cohort_views, feedback_views, indicator_views, views, wave_views
from reports.annual import views as annual_views
from reports.annual.migrations import annual
from reports.composition.sections import proposed
from reports.drafts import sending_views
from reports.drafts import views as draft_views
from reports.evaluation import demo as evaluation_demo
from reports.evaluation import views as evaluation_views
from reports.issuing import (
    ISSUE_REPORT,
    REFRESH_FIGURES,
    issue_report,
    refresh_community,
    refresh_figures,
    unfinished_reports,
)
from reports.migrations import reports
from reports.network import demo as network_demo
from reports.network import views as network_views
from reports.network.migrations import network
from reports.refreshing import Refreshing
from reports.remembering import StillCounting
from reports.rules import default_period
from reports.school_mix import views as school_mix_views
from reports.storage import order_report
from reports.vocabulary import ReportKind

_REPORTED = {ESSONNE: ReportKind.WORKSHOPS, CITE: ReportKind.CITE, MEDIATION: ReportKind.ANNUAL}
COMMUNITY = (reports, annual)
SHARED = (network,)


def plug(app: Flask, navigation: Navigation) -> None:
    """Register the pages, the menus and what the worker knows how to do."""
    for blueprint in (
        views.pages,
        indicator_views.pages,
        wave_views.pages,
        cohort_views.pages,
        feedback_views.pages,
        annual_views.pages,
        evaluation_views.pages,
        draft_views.pages,
        sending_views.pages,
        sending_views.doors,
        network_views.pages,
    ):
        app.register_blueprint(blueprint)
    app.register_error_handler(StillCounting, views.counting)
    # The first page of the schools is added here, since it reads computed figures.
    assert school_mix_views.pages is app.blueprints["schools"]
    navigation.add_tab(Tab("schools", "Mixité scolaire", "schools.index", Action.VIEW_FIGURES, 63, kinds=WITH_SCHOOLS))
    navigation.add_tab(Tab("indicators", "Indicateurs", "indicators.dashboard", Action.VIEW_FIGURES, 60))
    navigation.add_tab(
        Tab("annual", "Enquête", "annual.index", Action.VIEW_EXACT_FIGURES, 62, kinds=(CommunityKind.PRE,))
    )
    navigation.add_tab(Tab("reports", "Rapports", "reports.index", Action.VIEW_REPORTS, 65))
    navigation.add_personal_page("Réseau", "network.index")
    navigation.name_objects(
        {
            "report": "Rapport",
            "figure": "Indicateurs",
            "year_sheet": "Fiche de l’année",
            "year_definition": "Définitions de l’année",
            "report_draft": "Brouillon de rapport",
            "draft_word": "Mots signés sur un brouillon",
            "report_sending": "Envoi d’un rapport",
            "evaluator_mission": "Mission de l’évaluation extérieure",
            "evaluation_question": "Question d’évaluation",
            "evaluation_measure": "Indicateur du cadre d’évaluation",
        }
    )
    app.extensions["surveys"].add("Lire les résultats", "wave_results.show", Action.VIEW_RESULTS)
    app.extensions["surveys"].add("Rendre compte", "feedback.edit", Action.RUN_SURVEYS)
    app.extensions["surveys"].add_to_cohorts("Lire ce qui a changé", "cohort_results.show", Action.VIEW_RESULTS)
    # Drawings are written by our own modules, which escape every label.
    app.jinja_env.filters["drawn"] = Markup
    queue: Jobs = app.extensions["jobs"]
    queue.register(ISSUE_REPORT, issue_report, unfinished_reports)
    queue.register(REFRESH_FIGURES, refresh_figures)
    refreshing = Refreshing(app)
    app.after_request(refreshing.after)
    app.extensions["surveys"].listeners.append(refreshing.after_answer)


def demonstrate(place: Instance, today: date) -> None:
    """The current figures of the demonstration; its reports are ordered, and made when the worker starts."""
    for slug in place.slugs():
        db = place.community(slug)
        evaluation_demo.fill(db, get_community(db).kind, today)
        refresh_community(place, slug, db, today)
        if slug in _REPORTED:
            _order_report(db, _REPORTED[slug], today)
        db.close()
    shared = place.shared()
    network_demo.fill(shared, PRE, today)
    shared.close()


def _order_report(db: EncryptedDatabase, report_kind: ReportKind, today: date) -> None:
    community = get_community(db)
    period, sections = default_period(community, today), proposed(report_kind, community.kind)
    order_report(
        db, SYSTEM, period, community.kind, Audience.FUNDER, version("impact-collectif"), report_kind=report_kind,
        sections=sections,
    )  # fmt: skip
