"""Open answers, for those who run questionnaires: the book of codes, reading apart, comparing, quoting."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db, today
from impact.audit import Deed, note_access
from impact.exceptions import NotAllowed, NotFound, Refused
from surveys.coding import storage
from surveys.coding.forms import QuoteForm, ReadingForm, ThemeEditForm, ThemeForm
from surveys.coding.records import CodedQuestion, Written
from surveys.coding.rules import LEAST_TOLD, LEAST_WRITERS, SHARE_READ_TWICE, next_for
from surveys.forms import ConfirmForm
from surveys.records import Wave
from surveys.rules import state_on
from surveys.storage import get_wave
from surveys.vocabulary import WaveState

pages = Blueprint(
    "coding",
    __name__,
    template_folder="templates",
    url_prefix="/communautes/<slug>/questionnaires/vagues/<int:wave_id>/mots",
)
Answer = str | Response


@pages.before_request
def keep_tab() -> None:
    """Everything here belongs to the questionnaires."""
    g.tab = "surveys"


@pages.get("/")
@allowed(Action.RUN_SURVEYS)
def index(slug: str, wave_id: int) -> str:
    """The open questions of a wave, and how far they are read."""
    wave = get_wave(community_db(), wave_id)
    closed = state_on(wave, today()) is WaveState.CLOSED
    coded = storage.coded_questions(community_db(), wave)
    return render_template("coding/index.html", wave=wave, closed=closed, coded=coded, least=LEAST_WRITERS)


@pages.route("/<code>", methods=["GET", "POST"])
@allowed(Action.RUN_SURVEYS)
def book(slug: str, wave_id: int, code: str) -> Answer:
    """The book of codes of one question, to which a code is added, and its answers."""
    wave, coded = _coded(wave_id, code)
    note_access(community_db(), actor(), Deed.READ, "wave", wave_id)
    form = ThemeForm()
    if form.submitted():
        try:
            storage.add_theme(
                community_db(), actor(), wave, code, str(form.label.data), str(form.meaning.data), form.once_key
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Le thème est dans le livre des codes.")
            return redirect(url_for("coding.book", slug=slug, wave_id=wave_id, code=code), 303)
    return render_template(
        "coding/book.html",
        wave=wave,
        coded=coded,
        form=form,
        reader=_reader(),
        twice=sum(len(each.apart) > 1 for each in coded.answers),
        differing=sum(each.differs for each in coded.answers),
        share=SHARE_READ_TWICE,
        least=LEAST_TOLD,
        next=next_for(coded, _reader()),
    )


@pages.route("/<code>/themes/<int:theme_id>", methods=["GET", "POST"])
@allowed(Action.RUN_SURVEYS)
def theme(slug: str, wave_id: int, code: str, theme_id: int) -> Answer:
    """Other words for a code."""
    wave, coded = _coded(wave_id, code)
    found = storage.get_theme(community_db(), wave, code, theme_id)
    form = ThemeEditForm(obj=found)
    if form.submitted():
        try:
            storage.change_theme(
                community_db(),
                actor(),
                wave,
                code,
                found,
                str(form.label.data),
                str(form.meaning.data),
                form.version_read,
                form.once_key,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Le thème est modifié.")
            return redirect(url_for("coding.book", slug=slug, wave_id=wave_id, code=code), 303)
    return render_template("coding/theme.html", wave=wave, coded=coded, form=form)


@pages.route("/<code>/reponses/<token>", methods=["GET", "POST"])
@allowed(Action.RUN_SURVEYS)
def read(slug: str, wave_id: int, code: str, token: str) -> Answer:
    """Put themes to one answer, apart; or settle together, once both have read it."""
    wave, coded = _coded(wave_id, code)
    answer = storage.get_written(coded, token)
    note_access(community_db(), actor(), Deed.READ, "wave", wave_id)
    compared = len(answer.apart) > 1
    form = ReadingForm(data={"themes": [str(each) for each in _put_before(answer, compared)]})
    form.themes.choices = [(str(each.id), each.label) for each in coded.themes]
    if form.submitted():
        keep = storage.settle if compared else storage.read_answer
        try:
            themes = [int(each) for each in form.themes.data or []]
            keep(community_db(), actor(), coded, answer, themes, form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("C’est noté.")
            return redirect(_after(slug, wave, code, compared), 303)
    return render_template(
        "coding/read.html",
        wave=wave,
        coded=coded,
        answer=answer,
        compared=compared,
        form=form,
        labels={each.id: each.label for each in coded.themes},
        reader=_reader(),
        confirm=ConfirmForm(formdata=None),
    )


@pages.route("/<code>/reponses/<token>/citer", methods=["GET", "POST"])
@allowed(Action.RUN_SURVEYS)
def quote(slug: str, wave_id: int, code: str, token: str) -> Answer:
    """Release one quote, after looking for names."""
    wave, coded = _coded(wave_id, code)
    answer = storage.get_written(coded, token)
    note_access(community_db(), actor(), Deed.READ, "wave", wave_id)
    form = QuoteForm(data={"words": answer.quote or answer.words})
    if form.submitted():
        try:
            storage.release(
                community_db(),
                actor(),
                coded,
                answer,
                str(form.words.data),
                bool(form.sure.data),
                today(),
                form.once_key,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Cette phrase peut être citée.")
            return redirect(url_for("coding.book", slug=slug, wave_id=wave_id, code=code), 303)
    return render_template("coding/quote.html", wave=wave, coded=coded, answer=answer, form=form)


@pages.post("/<code>/reponses/<token>/ne-plus-citer")
@allowed(Action.RUN_SURVEYS)
def withdraw(slug: str, wave_id: int, code: str, token: str) -> Answer:
    """Quote an answer no more."""
    _, coded = _coded(wave_id, code)
    answer, form = storage.get_written(coded, token), ConfirmForm()
    if form.submitted():
        storage.withdraw(community_db(), actor(), coded, answer, form.once_key)
        flash("Cette phrase n’est plus citée.")
    return redirect(url_for("coding.book", slug=slug, wave_id=wave_id, code=code), 303)


def _coded(wave_id: int, code: str) -> tuple[Wave, CodedQuestion]:
    """NotFound while the wave is open, or when too few people wrote to be read without being recognised."""
    wave = get_wave(community_db(), wave_id)
    coded = storage.coded_question(community_db(), wave, code)
    if state_on(wave, today()) is not WaveState.CLOSED or len(coded.answers) < LEAST_WRITERS:
        raise NotFound
    return wave, coded


def _reader() -> int:
    found = actor().member_id
    if found is None:
        raise NotAllowed
    return found


def _put_before(answer: Written, compared: bool) -> frozenset[int]:
    return answer.themes if compared else answer.readings.get(_reader(), frozenset())


def _after(slug: str, wave: Wave, code: str, compared: bool) -> str:
    """The next answer to read; the book once there is none, or after settling."""
    following = next_for(storage.coded_question(community_db(), wave, code), _reader())
    if compared or following is None:
        return url_for("coding.book", slug=slug, wave_id=wave.id, code=code)
    return url_for("coding.read", slug=slug, wave_id=wave.id, code=code, token=following.ref)
