"""The page « Mixité scolaire » and its chapter: what is said, to whom, and what is hidden."""

import re
from typing import Any

import pytest

from impact.audit import SYSTEM
from impact.db import EncryptedDatabase
from impact.instance import Instance
from impact.periods import school_year
from impact.schools import demo, storage
from impact.schools.records import Figures, Line, School
from impact.schools.vocabulary import SchoolLevel, Sector
from impact.vocabulary import Audience, CommunityKind
from reports.composition import school_mix
from reports.composition.words import Estimates
from reports.data import load
from reports.publishing import BY_SCHOOL, LOCAL, as_published, compute_all
from reports.school_mix.views import CODES
from tests.conftest import TODAY

ROOT = "/communautes/essonne/mixite-scolaire/"
YEAR = school_year(TODAY.year - 1)


@pytest.fixture
def essonne(place: Instance) -> Any:
    db = place.community("essonne")
    yield db
    db.close()


def told(db: EncryptedDatabase, audience: Audience = Audience.INTERNAL) -> Estimates:
    exact = compute_all(load(db, YEAR), YEAR, CommunityKind.COLLECTIVE, CODES)
    return Estimates(as_published(db, exact, YEAR, audience))


def test_the_page_opens_to_readers_of_figures_and_says_how_to_begin(browse: Any) -> None:
    chloe = browse("chloe").get(ROOT)
    assert "Aucun établissement pour l’instant" in chloe
    assert "Importer un fichier" in chloe
    assert "Importer un fichier" not in browse("denis").get(ROOT)
    browse("basile").get(ROOT, 404)
    assert browse(None).client.get(ROOT).status_code == 302


def test_each_level_has_its_words_pictures_and_course(browse: Any, essonne: EncryptedDatabase) -> None:
    demo.fill(essonne, SYSTEM, TODAY)
    page = browse("denis").get(ROOT)
    assert "Mixité scolaire" in page
    assert "ni la qualité ni les résultats" in page
    assert re.search(r"1\scollège sur\s4 à plus de 20", page)
    assert "D’une rentrée à l’autre" in page
    assert "Les raisons ne sont pas connues" in page
    assert "Écoles : IPS moyen" in browse("denis").get(f"{ROOT}?niveau=primary&rentree={TODAY.year - 2}").replace(
        "\u00a0", " "
    )
    assert "Écart à signaler" not in page
    assert "Écart à signaler" in browse("chloe").get(f"{ROOT}?niveau=rien&rentree=demain")


def test_sentences_give_their_base_and_never_a_rank(essonne: EncryptedDatabase) -> None:
    demo.fill(essonne, SYSTEM, TODAY)
    said = (
        " ".join(school_mix.sentences(told(essonne), SchoolLevel.COLLEGE)).replace("\u00a0", " ").replace("\u202f", " ")
    )
    for words in ("4 collèges", "IPS sous 83,0 ou au-dessus de 124,6", "le simple hasard donnerait", "p < 0,001"):
        assert words in said
    assert "Un élève défavorisé a en moyenne" in said
    for forbidden in ("classement", "meilleur", "évitement", "ségrégués"):
        assert forbidden not in said
    (colleges, primary) = (each for each in reversed(school_mix.chapters(told(essonne))))
    assert [len(colleges.figures), len(primary.figures)] == [2, 1]


def test_a_few_pupils_are_hidden_and_cannot_be_worked_out(essonne: EncryptedDatabase) -> None:
    groups = ((40, 30, 30, 60), (60, 30, 30, 3), (50, 30, 30, 40))
    residence = ((100, 60, 50, 30), (80, 70, 20, 18), (90, 80, 30, 29))
    lines = []
    for rank, (counts, living) in enumerate(zip(groups, residence, strict=True)):
        figures = Figures(YEAR.start.year, sum(counts), 100.0, 30.0, *counts, *living)
        lines.append(Line(School(0, "", f"Collège {rank}", "", SchoolLevel.COLLEGE, Sector.PUBLIC), figures))
    storage.put_lines(essonne, SYSTEM, lines, TODAY)
    rows = told(essonne, Audience.FUNDER).rows(BY_SCHOOL)
    # The second has three disadvantaged pupils; alone, it would be the total less the others.
    assert rows[1].masked
    assert sum(row.masked for row in rows) >= 2
    assert all(row.numerator is None and row.value is None for row in rows if row.masked)
    hidden = {row.category for row in rows if row.masked}
    assert {row.category for row in told(essonne, Audience.FUNDER).rows(LOCAL) if row.masked} == hidden
    assert not [row for row in told(essonne).rows(BY_SCHOOL) if row.masked]


def test_pupils_out_of_their_sector_are_hidden_together(essonne: EncryptedDatabase) -> None:
    figures = Figures(YEAR.start.year, residents=100, stayed=60, residents_disadvantaged=40, stayed_disadvantaged=38)
    school = School(0, "", "Collège A", "", SchoolLevel.COLLEGE, Sector.PUBLIC)
    storage.put_lines(essonne, SYSTEM, [Line(school, figures)], TODAY)
    shown = told(essonne, Audience.FUNDER)
    codes = ("schools.outside", "schools.outside_disadvantaged", "schools.outside_others")
    assert [row.masked for code in codes for row in shown.rows(code)] == [True] * 3
    assert school_mix.sentences(shown, SchoolLevel.COLLEGE) == []


def test_a_pre_has_no_such_figures(browse: Any, db: EncryptedDatabase) -> None:
    demo.fill(db, SYSTEM, TODAY)
    amina = browse("amina")
    assert "Aucun établissement" in amina.get("/communautes/pre-demonstration/mixite-scolaire/")
    assert "Mixité scolaire</a>" not in amina.get("/communautes/pre-demonstration/indicateurs/definitions")
