"""Experience sheets: census, pages, printed sheets."""

import io
from typing import Any

import pikepdf
import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.plans.records import ExperienceSheet
from impact.plans.rules import census
from impact.plans.sheet_storage import add_sheet, get_sheet, list_sheets
from impact.plans.vocabulary import Heading, Scale
from impact.vocabulary import OrganisationKind

ROOT = "/communautes/pre-demonstration/feuille-de-route/fiches"
TYPED: dict[str, Any] = {
    "title": "Café du marché",
    "kind": "Rencontre",
    "actor_kinds": ["association", "state"],
    "scale": "town",
    "centre": "La Brouette",
    "words_lessons": "Ne pas changer de jour",
}


def sheet(title: str, kind: str = "Rencontre", scale: Scale = Scale.TOWN, centre: str = "Ici") -> ExperienceSheet:
    return ExperienceSheet(0, title, kind, (OrganisationKind.STATE,), scale, centre, {Heading.LESSONS: "Mots"})


def test_the_census_gathers_the_same_combination() -> None:
    found = census([sheet("A"), sheet("B", "RENCONTRE"), sheet("C", scale=Scale.REGION), sheet("D", "Atelier")])
    assert [(line.kind, line.scale, len(line.sheets)) for line in found] == [
        ("Atelier", Scale.TOWN, 1),
        ("Rencontre", Scale.TOWN, 2),
        ("Rencontre", Scale.REGION, 1),
    ]


def test_a_sheet_is_written_read_and_changed(browse: Any, db: EncryptedDatabase) -> None:
    elodie = browse("elodie")
    assert "Aucune fiche pour l’instant" in elodie.get(ROOT)
    page = elodie.follow(f"{ROOT}/nouvelle", TYPED)
    assert all(heading.label in page for heading in Heading)
    (known,) = list_sheets(db)
    assert known.actor_kinds == (OrganisationKind.STATE, OrganisationKind.ASSOCIATION)
    assert known.words == {Heading.LESSONS: "Ne pas changer de jour"}
    assert "La Brouette" in browse("basile").get(ROOT)
    url = f"{ROOT}/{known.id}/modifier"
    elodie.follow(url, {**TYPED, "words_lessons": "", "words_context": "Avant"})
    assert get_sheet(db, known.id).words == {Heading.CONTEXT: "Avant"}
    answer = elodie.send(url, {**TYPED, "title": "Autre", "version": "1"})
    assert answer.status_code == 409
    assert "Avant" in answer.text


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", "", "Écrivez le titre"),
        ("kind", "x" * 81, "80 caractères"),
        ("actor_kinds", [], "Cochez au moins un type"),
        ("scale", "planet", "Choisissez une réponse de la liste"),
        ("centre", "", "Écrivez qui porte"),
        ("words_comment", "x" * 4001, "caractères au plus"),
    ],
)
def test_a_wrong_sheet_is_explained_and_kept(
    browse: Any, db: EncryptedDatabase, field: str, value: Any, message: str
) -> None:
    answer = browse("elodie").send(f"{ROOT}/nouvelle", {**TYPED, field: value})
    assert answer.status_code == 200
    assert answer.text.count(message) == 2
    assert "Ne pas changer de jour" in answer.text
    assert list_sheets(db) == []


def test_who_may_read_and_write(browse: Any, db: EncryptedDatabase, amina: Actor) -> None:
    known = add_sheet(db, amina, sheet("<b>Titre</b>"))
    browse("basile").get(f"{ROOT}/{known}")
    browse("basile").get(f"{ROOT}/nouvelle", 403)
    browse("denis").get(ROOT, 403)
    browse("chloe").get(f"{ROOT}/{known}", 404)
    browse("elodie").get(f"{ROOT}/999", 404)
    assert "<b>Titre" not in browse("elodie").get(f"{ROOT}/{known}")


@pytest.mark.pdf
def test_sheets_are_printed_blank_and_filled(browse: Any, db: EncryptedDatabase, amina: Actor) -> None:
    known = add_sheet(db, amina, sheet("Café <du> marché"))
    basile = browse("basile")
    for url, title in ((f"{ROOT}/vierge/pdf", "Fiche expérience"), (f"{ROOT}/{known}/pdf", "Café <du> marché")):
        answer = basile.client.get(url)
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
        with pikepdf.open(io.BytesIO(answer.data)) as pdf:
            assert title in str(pdf.docinfo["/Title"])
