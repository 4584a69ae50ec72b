"""What this package plugs into the application: tables, pages, tabs."""

from datetime import date

from flask import Flask

from impact.accounts.access import Action, Role
from impact.audit import SYSTEM
from impact.communities.storage import get_community, list_members
from impact.db import EncryptedDatabase
from impact.demo import CITE, PERSONAS, STORIES
from impact.instance import Instance
from impact.jobs import Jobs
from impact.navigation import Navigation, Tab
from impact.vocabulary import CommunityKind
from impact.workshops.asking import Asked
from surveys import answer_views, editor_views, respondent_views, views
from surveys.cite_demo import fill as fill_cite
from surveys.cite_demo import fill_actors
from surveys.coding import views as coding_views
from surveys.coding.demo import fill as fill_coding
from surveys.coding.migrations import coding
from surveys.demo import fill, fill_cycle
from surveys.exchange import views as exchange_views
from surveys.exchange.migrations import exchange
from surveys.feedback.migrations import feedback
from surveys.held import HeldFiles
from surveys.languages import views as language_views
from surveys.languages.migrations import languages
from surveys.media import views as media_views
from surveys.media.migrations import media
from surveys.migrations import surveys
from surveys.paper import views as paper_views
from surveys.paper.migrations import paper
from surveys.paper.work import READ_SCANS, read_scans, unfinished
from surveys.records import WaveLinks
from surveys.rosters import cohort_pages, invitation_views, mail_views
from surveys.rosters.demo import fill as fill_cohort
from surveys.rosters.demo import fill_programme
from surveys.rosters.holding import HOLD_RESTRICTIONS, hold, waiting
from surveys.rosters.mailing import SEND_LETTERS, send_letters
from surveys.rosters.migrations import rosters
from surveys.storage import list_waves
from surveys.straight import Straight
from surveys.throttle import Throttle
from surveys.todos import todos
from surveys.together import Together

COMMUNITY = (surveys, languages, rosters, paper, exchange, media, coding, feedback)


def demonstrate(place: Instance, today: date) -> None:
    """Two waves in the PRE of the demonstration, one at the end of the cycle of the collective; in the
    cité éducative, one after the forums, one a year of its actors."""
    for slug in STORIES:
        db = place.community(slug)
        if get_community(db).kind is CommunityKind.PRE:
            fill(db, SYSTEM, today)
            fill_coding(db)
            fill_cohort(db, SYSTEM, today)
        else:
            fill_cycle(db, SYSTEM, today)
        db.close()
    cite = place.community(CITE)
    fill_cite(cite, SYSTEM)
    fill_actors(cite, SYSTEM, today)
    leads = next(persona for persona in PERSONAS if persona.roles.get(CITE) is Role.COORDINATOR)
    team = next(known.id for known in list_members(cite) if known.name == f"{leads.given_name} {leads.family_name}")
    fill_programme(cite, SYSTEM, today, team)
    cite.close()


def plug(app: Flask, navigation: Navigation) -> None:
    """Register the pages and menus; `app.extensions["surveys"]` takes the links that other packages add to a wave."""
    app.extensions["surveys"] = WaveLinks()
    app.extensions["surveys.throttle"] = Throttle()
    app.extensions["surveys.held"] = HeldFiles()
    app.extensions["surveys.together"] = Together()
    app.extensions["asking"].add(_waves)
    app.register_blueprint(views.pages)
    app.register_blueprint(editor_views.pages)
    app.register_blueprint(language_views.pages)
    app.register_blueprint(answer_views.pages)
    app.register_blueprint(cohort_pages.pages)
    app.register_blueprint(invitation_views.pages)
    app.register_blueprint(mail_views.pages)
    app.register_blueprint(paper_views.pages)
    app.register_blueprint(exchange_views.pages)
    app.register_blueprint(media_views.pages)
    app.register_blueprint(coding_views.pages)
    app.register_blueprint(respondent_views.respondents)
    # A token would need a cookie, and this page promises none. It protects what a browser is signed in to, and whoever
    # answers is signed in to nothing: a forged answer needs the link, and whoever holds the link may answer.
    app.extensions["csrf"].exempt(respondent_views.respond)
    app.wsgi_app = Straight(app)  # type: ignore[method-assign]
    navigation.add_tab(
        Tab(
            key="surveys",
            label="Questionnaires",
            endpoint="surveys.index",
            action=Action.VIEW_SURVEYS,
            order=40,
        )
    )
    navigation.add_todos(todos)
    navigation.name_objects(
        {
            "wave": "Vague de questionnaire",
            "questionnaire": "Questionnaire",
            "language": "Langue des questionnaires",
            "paper_print": "Questionnaires imprimés",
            "scan_batch": "Feuilles numérisées",
            "scan_page": "Page numérisée",
            "paper_sheet": "Feuille de réponses",
            "answer_import": "Import de réponses",
            "invitation": "Personnes invitées à répondre",
            "mail_settings": "Réglage des courriels",
            "answer_theme": "Thème des réponses écrites",
            "answer_reading": "Lecture d’une réponse écrite",
            "released_quote": "Phrase citée",
            "cohort": "Cohorte",
            "cohort_person": "Personne d’une cohorte",
            "cohort_copy": "Copie demandée par une personne d’une cohorte",
        }
    )
    queue: Jobs = app.extensions["jobs"]
    queue.register(SEND_LETTERS, send_letters)
    queue.register(READ_SCANS, read_scans, unfinished)
    queue.register(HOLD_RESTRICTIONS, hold, waiting)


def _waves(db: EncryptedDatabase) -> list[Asked]:
    return [Asked(wave.id, wave.title, wave.responses, "surveys.wave") for wave in list_waves(db)]
