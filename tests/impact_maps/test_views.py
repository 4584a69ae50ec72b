"""The pages of the value chain."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.figures import Figure, FigureState, replace_figures
from impact.instance import Instance
from impact.vocabulary import Audience
from impact_maps import demo, storage
from impact_maps.rules import get_box
from impact_maps.vocabulary import Stage, Target

BASE = "/communautes/pre-demonstration/chaine-de-valeur"
TYPED = {"label": "Visites", "stage": "activities", "target": "", "indicator": "pre.children_followed"}


@pytest.fixture
def chain(db: EncryptedDatabase, amina: Actor) -> None:
    demo.fill(db, amina, date(2026, 11, 20))


def _first(db: EncryptedDatabase, stage: Stage) -> int:
    return storage.get_chain(db).column(stage)[0].id


def test_an_empty_community_starts_from_a_template(browse: Any, db: EncryptedDatabase) -> None:
    amina = browse("amina")
    assert "Pas encore de chaîne de valeur" in amina.get(f"{BASE}/")
    assert "Partir de ce modèle" not in browse("denis").get(f"{BASE}/")
    page = amina.follow(f"{BASE}/modeles/pre/reprendre", {}, page=f"{BASE}/")
    assert "La chaîne de valeur est commencée" in page
    chain = storage.get_chain(db)
    assert (len(chain.boxes), len({box.content.stage for box in chain.boxes})) == (18, 6)


def test_pages_of_a_chain_that_does_not_exist_are_not_found(browse: Any) -> None:
    for name in ("titre", "elements/ajouter", "elements/1"):
        browse("amina").get(f"{BASE}/{name}", 404)


@pytest.mark.usefixtures("chain")
def test_the_drawing_and_the_list_say_the_same(browse: Any, db: EncryptedDatabase) -> None:
    page = browse("amina").get(f"{BASE}/")
    for box in storage.get_chain(db).boxes:
        assert f'href="#fiche-{box.id}"' in page
        assert f'id="fiche-{box.id}"' in page
        assert f"{BASE}/elements/{box.id}" in page
    assert "19\u00a0éléments, 23\u00a0liens" in page


@pytest.mark.usefixtures("chain")
def test_readers_see_the_chain_and_cannot_change_it(browse: Any, db: EncryptedDatabase) -> None:
    for persona in ("denis", "basile"):
        page = browse(persona).get(f"{BASE}/")
        assert "Ajouter" not in page
        assert f"{BASE}/elements/" not in page
        browse(persona).get(f"{BASE}/elements/{_first(db, Stage.RESULTS)}", 403)
    browse("chloe").get(f"{BASE}/", 404)


@pytest.mark.usefixtures("chain")
def test_each_role_reads_the_figure_of_its_audience(browse: Any, db: EncryptedDatabase, amina: Actor) -> None:
    rows = [
        Figure("pre.children_followed", "", "2025-2026", audience, "count", value, value, None, state, "", "2026-11-20")
        for audience, value, state in (
            (Audience.INTERNAL, 127.0, FigureState.MEASURED),
            (Audience.FUNDER, None, FigureState.MASKED),
        )
    ]
    replace_figures(db, amina, "2025-2026", rows)
    assert "<strong>127</strong>" in browse("amina").get(f"{BASE}/")
    for persona in ("denis", "elodie"):
        page = browse(persona).get(f"{BASE}/")
        assert "<strong>127" not in page
        assert "masqué" in page


@pytest.mark.usefixtures("chain")
def test_what_is_known_by_bounds_is_read_in_the_picture_the_text_and_the_file(
    browse: Any, db: EncryptedDatabase, amina: Actor
) -> None:
    row = Figure(
        "pre.children_followed", "", "2025-2026", Audience.INTERNAL, "count", None, None, None, FigureState.UNKNOWN,
        "no_name_list", "2026-11-20", 24.0, 71.0,
    )  # fmt: skip
    replace_figures(db, amina, "2025-2026", [row])
    page = browse("amina").get(f"{BASE}/")
    assert "<strong>entre 24 et 71</strong>" in page
    assert ">entre 24 et 71</text>" in page
    assert "non mesuré" not in page
    book = openpyxl.load_workbook(io.BytesIO(browse("amina").client.get(f"{BASE}/cartes.xlsx").data))
    told = [row[-1].value for row in book["Éléments"].iter_rows(min_row=2) if row[4].value == "pre.children_followed"]
    assert told == ["entre 24 et 71, enfants suivis, 2025-2026"]


@pytest.mark.usefixtures("chain")
def test_adding_a_box(browse: Any, db: EncryptedDatabase) -> None:
    page = browse("amina").follow(f"{BASE}/elements/ajouter", TYPED)
    box = storage.get_chain(db).column(Stage.ACTIVITIES)[-1]
    assert (box.content.label, box.content.indicator) == ("Visites", "pre.children_followed")
    assert "Ajouter un lien vers" in page
    assert 'value="results" checked' in browse("amina").get(f"{BASE}/elements/ajouter?colonne=results")


@pytest.mark.usefixtures("chain")
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"label": ""}, "en quelques mots"),
        ({"label": "x" * 121}, "120 caractères au plus"),
        ({"stage": ""}, "Choisissez une colonne"),
        ({"stage": "elsewhere"}, "Choisissez une réponse de la liste"),
        ({"stage": "value", "target": ""}, "pour qui cette valeur est créée"),
        ({"indicator": "invented.code"}, "Choisissez une réponse de la liste"),
    ],
)
def test_wrong_input_is_explained_and_kept(
    browse: Any, db: EncryptedDatabase, wrong: dict[str, str], words: str
) -> None:
    before = len(storage.get_chain(db).boxes)
    page = browse("amina").send(f"{BASE}/elements/ajouter", {**TYPED, **wrong}).text
    assert page.count(words) == 2
    assert f'value="{ {**TYPED, **wrong}["label"] }"' in page
    assert len(storage.get_chain(db).boxes) == before


@pytest.mark.usefixtures("chain")
def test_hostile_words_are_shown_as_typed(browse: Any) -> None:
    hostile = "</text><script>alert(1)</script>{{7*7}}"
    browse("amina").follow(f"{BASE}/elements/ajouter", {**TYPED, "label": hostile})
    page = browse("amina").get(f"{BASE}/")
    assert "<script" not in page
    assert "{{7*7}}" in page


@pytest.mark.usefixtures("chain")
def test_changing_a_box_and_the_conflict_of_two_editors(browse: Any, db: EncryptedDatabase) -> None:
    number = _first(db, Stage.VALUE)
    url = f"{BASE}/elements/{number}"
    typed = {"label": "confiance", "stage": "value", "target": "territory", "indicator": ""}
    assert "Territoire\u00a0: confiance" in browse("amina").follow(url, typed)
    assert get_box(storage.get_chain(db), number).content.target is Target.TERRITORY
    late = browse("elodie").send(url, {**typed, "label": "autre", "version": "1"})
    assert late.status_code == 409
    assert "confiance" in late.text
    back = browse("amina").send(url, {**typed, "stage": "resources"})
    assert back.text.count("vers la droite") == 2


@pytest.mark.usefixtures("chain")
def test_moving_and_linking(browse: Any, db: EncryptedDatabase) -> None:
    amina = browse("amina")
    first, second = (box.id for box in storage.get_chain(db).column(Stage.RESOURCES)[:2])
    url = f"{BASE}/elements/{first}"
    amina.follow(f"{url}/descendre", {}, page=url)
    assert _first(db, Stage.RESOURCES) == second
    amina.follow(f"{url}/monter", {}, page=url)
    assert _first(db, Stage.RESOURCES) == first
    value = _first(db, Stage.VALUE)
    amina.follow(f"{url}/liens", {"leads_to": str(value)}, page=url)
    assert value in [box.id for box in storage.get_chain(db).after(first)]
    amina.follow(f"{url}/liens/{value}/retirer", {}, page=url)
    assert value not in [box.id for box in storage.get_chain(db).after(first)]


@pytest.mark.usefixtures("chain")
@pytest.mark.parametrize("target", ["", "1", "999999", "x"])
def test_a_link_to_nowhere_is_explained(browse: Any, db: EncryptedDatabase, target: str) -> None:
    before = storage.get_chain(db).links
    number = _first(db, Stage.RESULTS)
    url = f"{BASE}/elements/{number}"
    answer = browse("amina").send(f"{url}/liens", {"leads_to": target}, page=url)
    assert answer.status_code == 200
    assert "Ce n’est pas encore enregistré" in answer.text
    assert storage.get_chain(db).links == before


@pytest.mark.usefixtures("chain")
def test_removing_and_putting_back(browse: Any, db: EncryptedDatabase) -> None:
    amina, number = browse("amina"), _first(db, Stage.RESULTS)
    page = amina.follow(f"{BASE}/elements/{number}/retirer", {}, page=f"{BASE}/elements/{number}")
    assert "Éléments retirés depuis moins de 30 jours" in page
    amina.get(f"{BASE}/elements/{number}", 404)
    amina.follow(f"{BASE}/elements/{number}/retablir", {}, page=f"{BASE}/")
    assert get_box(storage.get_chain(db), number).content.label == "L’enfant reprend confiance"


@pytest.mark.usefixtures("chain")
def test_renaming(browse: Any, db: EncryptedDatabase) -> None:
    assert "<h1>Autre titre</h1>" in browse("amina").follow(f"{BASE}/titre", {"title": "Autre titre"})
    assert "Donnez un titre" in browse("amina").send(f"{BASE}/titre", {"title": ""}).text
    assert storage.get_chain(db).title == "Autre titre"


def test_the_facilitator_builds_the_chain_of_her_community(browse: Any, place: Instance) -> None:
    url = "/communautes/essonne/chaine-de-valeur"
    browse("elodie").follow(f"{url}/modeles/cycle-ateliers/reprendre", {}, page=f"{url}/")
    db = place.community("essonne")
    assert storage.find_chain(db) is not None
    db.close()


@pytest.mark.usefixtures("chain")
def test_the_picture_stands_by_the_form_and_leads_to_every_box(browse: Any, db: EncryptedDatabase) -> None:
    amina, number = browse("amina"), _first(db, Stage.RESULTS)
    page = amina.get(f"{BASE}/elements/{number}")
    for box in storage.get_chain(db).boxes:
        assert f'href="{BASE}/elements/{box.id}"' in page
    typed = {"label": "Redessiné aussitôt", "stage": "results", "target": "families", "indicator": ""}
    amina.follow(f"{BASE}/elements/{number}", typed)
    assert "Redessiné" in amina.get(f"{BASE}/elements/{number}").partition("<svg")[2]


def test_a_community_without_a_chain_has_no_version_yet(browse: Any) -> None:
    assert "La première modification" in browse("elodie").get(f"{BASE}/versions")
