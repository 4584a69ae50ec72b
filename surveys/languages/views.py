"""The languages of the community: interface words, and the translation of its questionnaires, side by side."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db
from impact.exceptions import NotFound, Refused
from surveys import own_storage
from surveys.languages import storage
from surveys.languages.forms import LanguageForm, side_by_side
from surveys.languages.known import COMPLETE, FRENCH
from surveys.languages.rules import check_words, places, with_words, words_of
from surveys.words import FRENCH as FRENCH_WORDS

pages = Blueprint("languages", __name__, template_folder="templates", url_prefix="/communautes/<slug>/questionnaires")
Answer = str | Response


@pages.before_request
def _choose_tab() -> None:
    g.tab = "surveys"


@pages.get("/langues")
@allowed(Action.VIEW_SURVEYS)
def index(slug: str) -> str:
    """The languages that come with the product, and those of the community with what is left to write."""
    own = storage.list_own_languages(community_db())
    return render_template("languages/index.html", complete=COMPLETE, own=own, count=len(FRENCH_WORDS))


@pages.route("/langues/ajouter", methods=["GET", "POST"])
@allowed(Action.RUN_SURVEYS)
def add(slug: str) -> Answer:
    """One more language, without a word yet."""
    form = LanguageForm()
    if form.submitted():
        try:
            added = form.as_record({each.code for each in storage.list_languages(community_db())})
        except Refused as refusal:
            form.refuse(refusal)
        else:
            storage.add_language(community_db(), actor(), added, form.once_key)
            flash("La langue est ajoutée. Écrivez ses mots : elle sera proposée quand tous seront là.")
            return redirect(url_for("languages.words", slug=slug, code=added.code), 303)
    return render_template("languages/add.html", form=form)


@pages.route("/langues/mots/<code>", methods=["GET", "POST"])
@allowed(Action.RUN_SURVEYS)
def words(slug: str, code: str) -> Answer:
    """The words around the questions, beside the French ones."""
    own = storage.get_own_language(community_db(), code)
    form = side_by_side(FRENCH_WORDS, own.words, own.version)
    if form.submitted():
        wrong = check_words(form.typed())
        form.mark(wrong)
        if not wrong:
            storage.save_words(community_db(), actor(), code, form.typed(), form.version_read, form.once_key)
            left = sum(not text for text in form.typed().values())
            flash("Enregistré. " + (f"Mots qui manquent encore : {left}." if left else "La langue est complète."))
            return redirect(url_for("languages.index", slug=slug), 303)
    return render_template("languages/words.html", form=form, language=own.language, texts=FRENCH_WORDS)


@pages.get("/les-notres/<int:own_id>/langues")
@allowed(Action.VIEW_SURVEYS)
def translations(slug: str, own_id: int) -> str:
    """In which languages a questionnaire of the community is written, and what is left to translate."""
    own = own_storage.get_own(community_db(), own_id)
    written = {
        language: len(words_of(own.questionnaire, language.code))
        for language in storage.list_languages(community_db())
        if language != FRENCH
    }
    ready = storage.interfaces(community_db())
    return render_template(
        "languages/translations.html", own=own, written=written, count=len(places(own.questionnaire)), ready=ready
    )


@pages.route("/les-notres/<int:own_id>/langues/<code>", methods=["GET", "POST"])
@allowed(Action.RUN_SURVEYS)
def translate(slug: str, own_id: int, code: str) -> Answer:
    """The questionnaire in one language, beside the French text."""
    own = own_storage.get_own(community_db(), own_id)
    language = storage.get_language(community_db(), code)
    if language == FRENCH:
        raise NotFound
    texts = places(own.questionnaire)
    form = side_by_side(texts, words_of(own.questionnaire, code), own.version)
    if form.submitted():
        changed = with_words(own.questionnaire, code, form.typed())
        own_storage.save_own(community_db(), actor(), own, changed, form.version_read, form.once_key)
        flash("La traduction est enregistrée.")
        return redirect(url_for("languages.translations", slug=slug, own_id=own_id), 303)
    return render_template("languages/translate.html", form=form, own=own, language=language, texts=texts)
