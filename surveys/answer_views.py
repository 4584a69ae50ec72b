"""Answers out: a table for a spreadsheet or a statistics program, with its book of codes."""

from flask import Blueprint, Response, g, make_response, render_template

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db, today
from impact.audit import Deed, note_access
from impact.exceptions import NotAllowed
from impact.forms import ChoiceField, Form, TickField
from surveys.answer_files import as_file, book, table
from surveys.answer_storage import list_answers
from surveys.rosters.cohort_storage import person_numbers
from surveys.rosters.invitation_storage import get_following, has_invitations
from surveys.rules import state_on
from surveys.storage import get_wave
from surveys.tables import SEPARATORS, as_csv
from surveys.vocabulary import WaveState

pages = Blueprint(
    "answers",
    __name__,
    template_folder="templates",
    url_prefix="/communautes/<slug>/questionnaires/vagues/<int:wave_id>/reponses",
)
_FORMS = [
    ("xlsx", "Classeur, avec le livre des codes dans une seconde feuille"),
    ("semicolon", "CSV, points-virgules (tableurs en français)"),
    ("comma", "CSV, virgules (logiciels de statistique)"),
    ("tab", "CSV, tabulations"),
]
_VALUES = [("codes", "Codes : 1 à 5, et le code de chaque réponse"), ("labels", "Mots, tels que la personne les a lus")]
_TYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


class ExportForm(Form):
    """Which file, and what is in its cells."""

    kind = ChoiceField("Fichier", _FORMS, "Choisissez un fichier.")
    values = ChoiceField("Dans les cases", _VALUES, "Choisissez ce que les cases contiennent.")
    words = TickField("Avec ce que les personnes ont écrit de leurs mots")


@pages.route("/exporter", methods=["GET", "POST"])
@allowed(Action.VIEW_EXACT_FIGURES)
def export(slug: str, wave_id: int) -> str | Response:
    """Choose a file, and get it."""
    g.tab = "surveys"
    wave, form = get_wave(community_db(), wave_id), ExportForm(data={"kind": "xlsx", "values": "codes"})
    following = get_following(community_db(), wave_id)
    withheld = (
        has_invitations(community_db(), wave_id) and not following and state_on(wave, today()) is not WaveState.CLOSED
    )
    if form.submitted():
        if withheld:
            raise NotAllowed
        note_access(community_db(), actor(), Deed.EXPORT, "wave", wave_id)
        numbers = person_numbers(community_db(), wave_id) if following else ()
        people, kind, words = list_answers(community_db(), wave_id), str(form.kind.data), bool(form.words.data)
        made = table(wave.questionnaire, people, form.values.data == "labels", words, numbers)
        return _sent(as_file(wave.questionnaire, made, kind, words), f"reponses-vague-{wave_id}", kind)
    return render_template("surveys/export.html", wave=wave, form=form, following=following, withheld=withheld)


@pages.get("/codes")
@allowed(Action.VIEW_EXACT_FIGURES)
def codes(slug: str, wave_id: int) -> Response:
    """The book of codes alone, which goes with a CSV."""
    wave = get_wave(community_db(), wave_id)
    header = ("colonne", "question", "forme", "code", "réponse")
    return _sent(
        as_csv(header, book(wave.questionnaire), SEPARATORS["semicolon"]), f"codes-vague-{wave_id}", "semicolon"
    )


def _sent(content: bytes, name: str, kind: str) -> Response:
    response = make_response(content)
    response.mimetype = _TYPES.get(kind, "text/csv")
    ending = "xlsx" if kind == "xlsx" else "csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response
