"""Children who may be there twice: side by side, made one, made two again."""

from flask import flash, redirect, render_template, url_for

from impact.accounts.access import Action
from impact.accounts.forms import ConfirmForm
from impact.accounts.guards import actor, allowed, community_db
from impact.audit import Deed, note_access
from impact.exceptions import Refused
from impact.pathways.vocabulary import Sex
from impact.sheets import export_views, merge_storage
from impact.sheets.forms import MergeForm
from impact.sheets.merge_storage import Side
from impact.sheets.views import Answer
from impact.wording import french, short_date

pages = export_views.pages


@pages.get("/doublons")
@allowed(Action.EXCHANGE_SITUATIONS)
def duplicates(slug: str) -> str:
    """Children who may be one, and what was made one in the last thirty days."""
    merge_storage.forget_old_merges(community_db(), actor())
    note_access(community_db(), actor(), Deed.READ, "situation_list")
    return render_template(
        "sheets/duplicates.html",
        couples=merge_storage.list_couples(community_db()),
        merges=merge_storage.list_merges(community_db()),
        button=ConfirmForm(formdata=None),
    )


@pages.route("/doublons/<int:one>/<int:other>", methods=["GET", "POST"])
@allowed(Action.EXCHANGE_SITUATIONS)
def compare(slug: str, one: int, other: int) -> Answer:
    """The two files side by side, and what merging them would give."""
    sides = [merge_storage.get_side(community_db(), child_id) for child_id in (one, other)]
    form = MergeForm()
    form.kept.choices = [(str(side.child_id), _kept_label(side)) for side in sides]
    if form.submitted():
        kept = int(form.kept.data)
        try:
            merge_storage.merge_children(community_db(), actor(), kept, other if kept == one else one, form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Les deux dossiers n’en font plus qu’un. Pendant trente jours, vous pouvez les séparer.")
            return redirect(url_for("sheets.duplicates", slug=slug), 303)
    for side in sides:
        for row in side.situations:
            note_access(community_db(), actor(), Deed.READ, "situation", row["id"])
    return render_template(
        "sheets/compare.html", form=form, sides=sides, facts=_facts(sides), button=ConfirmForm(formdata=None)
    )


@pages.post("/doublons/<int:one>/<int:other>/distincts")
@allowed(Action.EXCHANGE_SITUATIONS)
def distinct(slug: str, one: int, other: int) -> Answer:
    """Two children: not proposed again."""
    form = ConfirmForm()
    if form.submitted():
        merge_storage.say_distinct(community_db(), actor(), one, other, form.once_key)
        flash("Ce sont deux enfants : ils ne seront plus proposés.")
    return redirect(url_for("sheets.duplicates", slug=slug), 303)


@pages.post("/doublons/<int:merge_id>/separer")
@allowed(Action.EXCHANGE_SITUATIONS)
def separate(slug: str, merge_id: int) -> Answer:
    """Two files again."""
    form = ConfirmForm()
    if form.submitted():
        merge_storage.undo_merge(community_db(), actor(), merge_id, form.once_key)
        flash("Les deux dossiers sont séparés, chacun avec ses situations.")
    return redirect(url_for("sheets.duplicates", slug=slug), 303)


def _kept_label(side: Side) -> str:
    birth = side.identity.birth_date
    return french(f"{side.identity.listed_name}, naissance : {short_date(birth)}")


def _facts(sides: list[Side]) -> list[tuple[str, list[str]]]:
    return [
        ("Nom", [side.identity.family_name or "–" for side in sides]),
        ("Prénom", [side.identity.given_name or "–" for side in sides]),
        ("Naissance", [short_date(side.identity.birth_date) for side in sides]),
        ("Sexe", [Sex(side.sex).label for side in sides]),
        ("École", [side.schooling[-1]["school"] or "–" if side.schooling else "–" for side in sides]),
    ]
