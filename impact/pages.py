"""The pages that say what the product is and owes: accessibility, legal notice, personal data, help."""

import json

from flask import Blueprint, render_template

from impact.accounts.guards import public
from impact.forms import (
    ChoiceField,
    DateField,
    Form,
    LineField,
    ListField,
    Needed,
    NumberField,
    SeveralField,
    TextField,
    TickField,
)

pages = Blueprint("pages", __name__)
# The guides of docs/guide, by their file's name; `make docs` writes their pages.
GUIDES = {
    "premiers-pas": "Premiers pas",
    "suivre-des-enfants": "Suivre des enfants",
    "communaute": "Faire vivre une communauté",
    "mediation": "La médiation en milieu scolaire",
    "mixite": "La mixité scolaire",
    "questionnaires": "Interroger",
    "cartes-et-rapports": "Cartes, indicateurs, rapports",
    "proteger": "Protéger",
}

_SAMPLES = (("ecole", "École"), ("ville", "Ville"), ("association", "Association"))


class PatternsForm(Form):
    """One field of each sort; nothing is stored."""

    line = LineField("Une ligne", [Needed("Écrivez une ligne.")])
    day = DateField("Une date")
    count = NumberField("Un nombre")
    words = TextField("Un texte")
    choice = ChoiceField("Un choix", _SAMPLES)
    kind = ListField("Un choix dans une liste", _SAMPLES)
    kinds = SeveralField("Plusieurs choix", _SAMPLES)
    agreed = TickField("Une case")


@pages.get("/accessibilite")
@public
def accessibility() -> str:
    """The declaration that the law asks for."""
    return render_template("pages/accessibility.html")


@pages.get("/mentions-legales")
@public
def legal() -> str:
    """Who publishes, who hosts."""
    return render_template("pages/legal.html")


@pages.get("/donnees-personnelles")
@public
def privacy() -> str:
    """What is kept, who reads it, how long, how to see it."""
    return render_template("pages/privacy.html")


@pages.get("/aide")
@public
def help_page() -> str:
    """Where to start."""
    return render_template("pages/help.html", guides=GUIDES)


@pages.get(f"/aide/<any({', '.join(map(json.dumps, GUIDES))}):name>")
@public
def guide(name: str) -> str:
    """One guide, for one trade."""
    return render_template(f"pages/guides/{name}.html")


@pages.get("/aide/composants")
@public
def patterns() -> str:
    """Every component of the screens, for whoever draws a new page."""
    form = PatternsForm(formdata=None)
    form.line.errors = ["Écrivez une ligne."]
    return render_template("pages/patterns.html", form=form)
