"""« Adultes du foyer »: who lives with the child, and who decides for the child."""

from typing import cast

from flask import current_app, flash, redirect, render_template, url_for

from impact.accounts.access import Action, FieldClass
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db, today
from impact.exceptions import NotAllowed, Refused
from impact.navigation import Navigation, Notice
from impact.pathways import adult_storage, views
from impact.pathways.adult_forms import AdultForm, typed
from impact.pathways.file_storage import open_file
from impact.pathways.notice_texts import languages
from impact.pathways.records import ChildFile
from impact.pathways.rules import fields_read
from impact.pathways.views import Answer
from impact.safeguards import fields_off, warned_words

pages = views.pages


@pages.route("/<int:situation_id>/adultes", methods=["GET", "POST"], defaults={"adult_id": 0})
@pages.route("/<int:situation_id>/adultes/<int:adult_id>", methods=["GET", "POST"])
@allowed(Action.FOLLOW_CHILD)
def adults(slug: str, situation_id: int, adult_id: int) -> Answer:
    """Those who are known, and one more, or the correction of one."""
    file, db = _open(situation_id), community_db()
    child_id = file.situation.child_id
    form = AdultForm(data=typed(adult_storage.get_adult(db, child_id, adult_id)) if adult_id else None)
    form.language.choices = list(languages().items())
    form.watch(warned_words(db, today()), fields_off(db))
    if form.submitted():
        try:
            adult_storage.save_adult(db, actor(), file, form.as_record(adult_id), form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("La personne est enregistrée.")
            return redirect(url_for("pathways.adults", slug=slug, situation_id=situation_id), 303)
    known, warnings = adult_storage.list_adults(db, child_id), _warnings(file)
    return render_template(
        "pathways/adults.html",
        file=file,
        form=form,
        known=known,
        current=adult_id,
        languages=languages(),
        warnings=warnings,
        restricted={one.id for one in known if any(one.identity.full_name in told.detail for told in warnings)},
        justice=FieldClass.JUSTICE in fields_read(actor(), file),
        button=ConfirmForm(formdata=None),
    )


@pages.post("/<int:situation_id>/adultes/<int:adult_id>/retirer")
@allowed(Action.FOLLOW_CHILD)
def remove_adult(slug: str, situation_id: int, adult_id: int) -> Answer:
    """Not of this home, or no longer."""
    file, form = _open(situation_id), ConfirmForm()
    if form.submitted():
        adult_storage.remove_adult(community_db(), actor(), file, adult_id, form.once_key)
        flash("La personne est retirée, avec ses coordonnées. Les accords déjà donnés restent.")
    return redirect(url_for("pathways.adults", slug=slug, situation_id=situation_id), 303)


def _open(situation_id: int) -> ChildFile:
    file = open_file(community_db(), actor(), Action.FOLLOW_CHILD, situation_id)
    if FieldClass.SOCIAL not in fields_read(actor(), file):
        raise NotAllowed
    return file


def _warnings(file: ChildFile) -> list[Notice]:
    """What a court forbids, as the child's page says it."""
    if not file.safeguards.restricted:
        return []
    navigation, readable = cast(Navigation, current_app.extensions["navigation"]), fields_read(actor(), file)
    child_id, situation_id = file.situation.child_id, file.situation.id
    found = navigation.notices(community_db(), actor(), child_id, situation_id, readable)
    return [notice for notice in found if notice.endpoint == "protection.restriction"]
