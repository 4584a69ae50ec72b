"""« Réponses à l'enquête annuelle »: figures of a year, choices of definition, sheet of the year, situations counted."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db, today
from impact.audit import Deed, note_access
from impact.communities.storage import get_community
from impact.exceptions import NotFound, Refused
from impact.forms import read_date
from impact.periods import Period, civil_year, current_school_year, last_complete_school_year, parse_period, school_year
from impact.vocabulary import CommunityKind
from reports.annual import storage
from reports.annual.cases import cases
from reports.annual.definitions import DEFINITIONS, chosen, differences, option_title
from reports.annual.exporting import as_csv, as_xlsx
from reports.annual.followed import profile_figures
from reports.annual.forms import OPTIONS, DefinitionsForm, YearForm, read_options, read_pairs
from reports.annual.means import means_figures
from reports.annual.presenting import Labels, label_of, sections, value_of
from reports.annual.records import Frame, SurveyFigure, YearSheet
from reports.annual.rules import survey, usual_frame, year_before

pages = Blueprint("annual", __name__, url_prefix="/communautes/<slug>/enquete-annuelle", template_folder="../templates")
Answer = str | AnyResponse
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Asked:
    """What an address asks, and what it gives."""

    frame: Frame
    figures: list[SurveyFigure]
    labels: Labels
    sheet: YearSheet


@pages.get("/")
@allowed(Action.VIEW_EXACT_FIGURES)
def index(slug: str) -> Answer:
    """Every figure of a year, in the order of the survey."""
    asked = _asked()
    period, before = asked.frame.period, year_before(asked.frame.period)
    kept = storage.kept_definitions(community_db(), period)
    earlier = storage.kept_definitions(community_db(), before)
    return render_template(
        "annual/index.html",
        asked=asked,
        period=period,
        periods=_offered(period),
        sections=sections(asked.figures, asked.frame.options, asked.labels),
        options=_options(asked.frame),
        link=_link(asked.frame),
        before=before,
        earlier=bool(earlier),
        kept=kept == chosen(asked.frame.options),
        differences=differences(asked.frame, earlier),
        empty=not any(figure.situations for figure in asked.figures),
        form=DefinitionsForm(),
    )


@pages.get("/situations")
@allowed(Action.VIEW_EXACT_FIGURES)
def behind(slug: str) -> Answer:
    """The situations behind one figure, by number: their names stay in their own pages."""
    asked = _asked()
    figure = _found(asked)
    wanted = set(figure.situations)
    data = storage.load_survey(community_db(), asked.frame)
    rows = [case for case in cases(data, asked.frame) if case.situation_id in wanted and case.episode == 1]
    note_access(community_db(), actor(), Deed.READ, "situation_list")
    title = label_of(figure, asked.labels)
    block = DEFINITIONS[figure.code]
    return render_template(
        "annual/situations.html",
        title=f"{block.title}, {title}" if block.labels else title,
        value=value_of(figure),
        rows=rows,
        period=asked.frame.period,
        reasons=asked.labels.get("exit_reasons", {}),
        back=url_for("annual.index", slug=slug, **_link(asked.frame)),
    )


@pages.get("/reponses.csv")
@allowed(Action.VIEW_EXACT_FIGURES)
def table(slug: str) -> Answer:
    """Every figure, for any spreadsheet."""
    asked = _asked()
    return _sent(as_csv(asked.figures, asked.frame, asked.labels), "text/csv", slug, asked, "csv")


@pages.get("/reponses.xlsx")
@allowed(Action.VIEW_EXACT_FIGURES)
def workbook(slug: str) -> Answer:
    """The same figures, in a workbook."""
    asked = _asked()
    return _sent(as_xlsx(asked.figures, asked.frame, asked.labels), XLSX, slug, asked, "xlsx")


@pages.route("/annees/<code>/fiche", methods=["GET", "POST"])
@allowed(Action.VIEW_EXACT_FIGURES)
def sheet(slug: str, code: str) -> Answer:
    """Means and money of a year."""
    period = _period(code)
    stored, held = storage.get_sheet(community_db(), period), _profiles_held(_frame(period))
    form = YearForm(data=YearForm.values(stored))
    if held:
        form.leave_profiles()
    if form.submitted():
        storage.save_sheet(community_db(), actor(), form.as_sheet(stored), form.once_key)
        flash("La fiche de l’année est enregistrée.")
        return redirect(url_for("annual.index", slug=slug, annee=period.code), 303)
    return render_template("annual/sheet.html", form=form, period=period, held=held)


@pages.post("/annees/<code>/definitions")
@allowed(Action.VIEW_EXACT_FIGURES)
def keep(slug: str, code: str) -> Answer:
    """Keep the definitions of this year: the next one will say what changed."""
    period, form = _period(code), DefinitionsForm()
    options = read_options(read_pairs(str(form.options.data or "").split(",")))
    if form.submitted():
        storage.keep_definitions(community_db(), actor(), period, chosen(options), form.once_key)
        flash("Les définitions de l’année sont retenues.")
    return redirect(url_for("annual.index", slug=slug, annee=period.code), 303)


def _asked() -> Asked:
    db = community_db()
    wanted = request.args.get("annee", "")
    period = _period(wanted) if wanted else last_complete_school_year(today())
    _check_kind()
    frame = _frame(period)
    data = storage.load_survey(db, frame)
    known = survey(data, frame)
    written = storage.get_sheet(db, period)
    flow = next(int(figure.value or 0) for figure in known if figure.code == "flow")
    held = any(figure.code == "profiles" for figure in known)
    return Asked(frame, [*known, *means_figures(written, flow, profiles=not held)], data.labels, written)


def _profiles_held(frame: Frame) -> bool:
    """Whether a pathway of the year has its profile: the numbers are then computed."""
    return bool(profile_figures(cases(storage.load_survey(community_db(), frame), frame), frame))


def _frame(period: Period) -> Frame:
    """The usual frame, or the one asked; without any choice asked, the definitions kept for the year."""
    usual = usual_frame(period, today())
    stopped = _day("arret") or usual.stopped_on
    stock = _day("jour")
    if stopped > today():
        raise Refused("Ces données ne peuvent pas s’arrêter après aujourd’hui.")
    stocks = tuple(dict.fromkeys((*usual.stocks, *((stock,) if stock else ()))))
    return replace(usual, stopped_on=stopped, stocks=stocks, options=read_options(_choices(period)))


def _choices(period: Period) -> dict[str, str]:
    if any(name in request.args for name in OPTIONS):
        return dict(request.args)
    kept = storage.kept_definitions(community_db(), period)
    return read_pairs(pair for choice, _ in kept.values() for pair in choice.split(","))


def _day(name: str) -> date | None:
    typed = request.args.get(name, "").strip()
    try:
        return read_date(typed) if typed else None
    except ValueError as error:
        raise Refused(str(error)) from error


def _period(code: str) -> Period:
    try:
        period = parse_period(code)
    except ValueError as error:
        raise Refused(str(error)) from error
    if period not in (school_year(period.start.year), civil_year(period.start.year)):
        raise Refused("L’enquête se remplit pour une année scolaire ou une année civile.")
    if period.start > today():
        raise Refused("Cette année n’a pas commencé.")
    _check_kind()
    return period


def _check_kind() -> None:
    if get_community(community_db()).kind is not CommunityKind.PRE:
        raise NotFound


def _offered(period: Period) -> list[Period]:
    """School and civil years since the first situation, the latest first."""
    day = today()
    first = storage.first_day(community_db()) or day
    schools = [
        school_year(year)
        for year in range(current_school_year(day).start.year, current_school_year(first).start.year - 1, -1)
    ]
    civils = [civil_year(year) for year in range(day.year, first.year - 1, -1)]
    return list(dict.fromkeys([*schools, *civils, period]))


def _options(frame: Frame) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
    now = frame.options.choices()
    return [
        (name, option_title(name), [(term.value, term.label, term is now[name]) for term in terms])
        for name, terms in OPTIONS.items()
    ]


def _link(frame: Frame) -> dict[str, Any]:
    """What an address needs to ask for the same figures."""
    days = {name: request.args[name] for name in ("arret", "jour") if request.args.get(name)}
    choices = {name: term.value for name, term in frame.options.choices().items()}
    return {"annee": frame.period.code, **days, **choices}


def _found(asked: Asked) -> SurveyFigure:
    code, category, day = (request.args.get(name, "") for name in ("chiffre", "categorie", "du"))
    for figure in asked.figures:
        if (figure.code, figure.category, figure.day.isoformat() if figure.day else "") == (code, category, day):
            return figure
    raise NotFound


def _sent(content: bytes, mimetype: str, slug: str, asked: Asked, ending: str) -> Response:
    note_access(community_db(), actor(), Deed.EXPORT, "year_sheet")
    headers = {"Content-Disposition": f'attachment; filename="enquete-{slug}-{asked.frame.period.code}.{ending}"'}
    return Response(content, mimetype=mimetype, headers=headers)
