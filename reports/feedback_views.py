"""The sheet for those who answered: what they told, from protected figures; what will be done, by the facilitator."""

from dataclasses import replace
from datetime import UTC, datetime

from flask import Blueprint, Response, flash, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db, today
from impact.communities.storage import get_community
from impact.exceptions import NotFound, Refused
from impact.forms import EditForm, Needed, TextField
from impact.periods import Period
from impact.printing import Printed, print_document
from impact.vocabulary import Audience
from impact.wording import french, number
from reports.data import load
from reports.publishing import TOP_TWO
from reports.records import REVERSED, Estimate
from reports.writing import published_estimates
from surveys.coding.storage import coded_questions
from surveys.feedback import storage
from surveys.feedback.records import Sheet
from surveys.languages.choosing import offered
from surveys.languages.records import Interface
from surveys.languages.rules import translate
from surveys.languages.storage import interfaces
from surveys.records import Wave
from surveys.rules import state_on
from surveys.storage import get_wave
from surveys.vocabulary import WaveState

pages = Blueprint(
    "feedback",
    __name__,
    url_prefix="/communautes/<slug>/questionnaires/vagues/<int:wave_id>/restitution",
    template_folder="templates",
)
Answer = str | AnyResponse
MOST_BEST, MOST_WORST, MOST_QUOTED = 3, 2, 2
FRENCH = ("fr", "fr-simple")


class SheetForm(EditForm):
    """Both halves of the sheet, a sentence a line."""

    told = TextField("Ce que les personnes nous ont dit", [Needed("Gardez au moins une phrase.")], longest=1_500)
    will = TextField(
        "Ce que nous allons faire", [Needed("Dites au moins une chose que vous ferez, ou ne ferez pas.")], longest=1_500
    )


@pages.before_request
def keep_tab() -> None:
    """Everything here belongs to the questionnaires."""
    g.tab = "surveys"


@pages.route("/", methods=["GET", "POST"])
@allowed(Action.RUN_SURVEYS)
def edit(slug: str, wave_id: int) -> Answer:
    """Write the sheet in one language, from what is proposed."""
    wave, interface = get_wave(community_db(), wave_id), _interface(wave_id)
    if state_on(wave, today()) is not WaveState.CLOSED or not wave.responses:
        return render_template("feedback/wait.html", wave=wave)
    language = interface.language.code
    stored = storage.find_sheet(community_db(), wave_id, language)
    sheet = stored or Sheet(language, "\n".join(_proposed(wave, interface)), "")
    form = SheetForm(obj=sheet)
    if form.submitted():
        typed = replace(sheet, told=str(form.told.data), will=str(form.will.data))
        try:
            if _print(wave, typed, interface).pages > 1:
                raise Refused("La fiche dépasse une page : gardez moins de phrases, ou de plus courtes.", "told")
            storage.save_sheet(community_db(), actor(), wave_id, typed, form.version_read, form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La fiche est prête. Qui ouvre de nouveau le lien du questionnaire la lit.")
            return redirect(url_for("feedback.edit", slug=slug, wave_id=wave_id, langue=language), 303)
    languages = offered(wave.questionnaire, interfaces(community_db()))
    return render_template(
        "feedback/edit.html", wave=wave, form=form, stored=stored, languages=languages, current=interface.language
    )


@pages.get("/fiche.pdf")
@allowed(Action.VIEW_SURVEYS)
def pdf(slug: str, wave_id: int) -> Response:
    """The sheet on one page, to print and hand out."""
    wave, interface = _closed(wave_id), _interface(wave_id)
    sheet = storage.find_sheet(community_db(), wave_id, interface.language.code)
    if sheet is None:
        raise NotFound
    response = make_response(_print(wave, sheet, interface).content)
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="restitution-{wave_id}.pdf"'
    return response


def _closed(wave_id: int) -> Wave:
    wave = get_wave(community_db(), wave_id)
    if state_on(wave, today()) is not WaveState.CLOSED:
        raise NotFound
    return wave


def _interface(wave_id: int) -> Interface:
    """The language asked for, French when there is none."""
    known = interfaces(community_db())
    codes = [each.code for each in offered(get_wave(community_db(), wave_id).questionnaire, known)]
    asked = request.args.get("langue", "")
    return known[asked if asked in codes else codes[0]]


def _print(wave: Wave, sheet: Sheet, interface: Interface) -> Printed:
    html = render_template(
        "feedback/print.html",
        title=translate(wave.questionnaire, interface.language.code).title,
        asker=get_community(community_db()).name,
        sheet=sheet,
        interface=interface,
    )
    return print_document(html, moment=datetime.now(UTC))


def _proposed(wave: Wave, interface: Interface) -> list[str]:
    """The questions most and least often answered favourably, as figures that may leave the house, and released words;
    no reversed sentence, which would be read for its contrary.
    """
    db = community_db()
    period = Period(wave.opens_on, max(wave.opens_on, wave.ended_on))
    data = load(db, period)
    alone = replace(data, waves=data.waves[data.waves["wave_id"] == wave.id], cohorts=data.cohorts[:0])
    published = published_estimates(db, alone, period, get_community(db).kind, Audience.FUNDER, [TOP_TWO])
    rows = [
        row
        for row in published
        if row.code == TOP_TWO and row.value is not None and row.numerator and not row.label.endswith(REVERSED)
    ]
    ranked = sorted(rows, key=lambda row: -(row.value or 0))
    kept = ranked if len(ranked) <= MOST_BEST + MOST_WORST else [*ranked[:MOST_BEST], *ranked[-MOST_WORST:]]
    texts = {
        f"{wave.questionnaire.code}/{item.code}": item.text
        for item in translate(wave.questionnaire, interface.language.code).items
    }
    # Words are quoted as they were written, thus in French alone.
    coded = coded_questions(db, wave) if interface.language.code in FRENCH else []
    quotes = [french(f"« {quote} »") for each in coded for quote in each.quotes]
    return [*(_line(row, texts.get(row.category, row.label), interface) for row in kept), *quotes[:MOST_QUOTED]]


def _line(row: Estimate, text: str, interface: Interface) -> str:
    return interface.say("feedback_line", text=text.rstrip("."), n=number(row.numerator), count=number(row.denominator))
