"""The figures of schools, typed or read from the ministry's file, as each persona meets them."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.exceptions import Refused
from impact.schools import storage
from impact.schools.records import Figures, Line, School
from impact.schools.rules import read_lines
from impact.schools.vocabulary import SchoolLevel, Sector
from impact.sheets.reading import read_sheets
from tests.conftest import TODAY

ROOT = "/communautes/pre-demonstration/mixite-scolaire"
MINISTRY = Path(__file__).parents[4] / "shared" / "data" / "fr-en-ips-colleges-ap2022.csv"
HEADINGS = (
    "rentree_scolaire;academie;departement;uai;nom_de_l_etablissment;nom_de_la_commune;secteur;effectifs;ips;"
    "ecart_type_de_l_ips\r\n"
)
FILE = HEADINGS + (
    "2022-2023;LYON;AIN;0010001A;COLLEGE DES NOYERS;BRUMEVAL;public;540.0;110.4;31.3\r\n"
    "2022-2023;LYON;AIN;0010002B;COLLEGE DES FRENES;BRUMEVAL;public;310.0;NS;\r\n"
    "2022-2023;LYON;AIN;0010003C;COLLEGE SAINT LEU;BRUMEVAL;privé sous contrat;402.0;121.0;27.0\r\n"
    "2022-2023;LYON;RHONE;0690001D;COLLEGE DU LAC;ORTIMONT;public;500.0;95.0;30.0\r\n"
)
TYPED = {"name": "Collège des Noyers", "level": "college", "sector": "public", "year": "2024", "ips": "98,4"}


def line(year: int = 2024, name: str = "Collège des Noyers", **figures: Any) -> Line:
    school = School(0, "", name, "", SchoolLevel.COLLEGE, Sector.PUBLIC)
    return Line(school, Figures(year, **{"ips": 98.4, **figures}))


@pytest.mark.parametrize("page", ["etablissements", "etablissements/nouveau", "importer", "regle", "modele.csv"])
def test_figures_are_written_by_who_runs_the_community(browse: Any, page: str) -> None:
    for who, status in (("elodie", 200), ("basile", 403), ("denis", 403), ("chloe", 404)):
        assert browse(who).client.get(f"{ROOT}/{page}").status_code == status
    assert browse(None).client.get(f"{ROOT}/{page}").status_code == 302


def test_nothing_is_written_yet(browse: Any) -> None:
    assert "Aucun établissement pour l’instant" in browse("elodie").get(f"{ROOT}/etablissements")
    assert "Importer un fichier" not in browse("denis").get(f"{ROOT}/")
    assert browse(None).client.get(f"{ROOT}/").status_code == 302
    browse("chloe").get(f"{ROOT}/", 404)


def test_a_school_is_typed_changed_and_taken_out(browse: Any, db: EncryptedDatabase) -> None:
    elodie = browse("elodie")
    new = f"{ROOT}/etablissements/nouveau"
    assert "1\u202f200" in elodie.follow(new, {**TYPED, "pupils": "1200"})
    assert "déjà écrite" in elodie.send(new, {**TYPED, "once": "autre"}).text
    (known,) = storage.list_lines(db, 2024)
    assert (known.figures.ips, known.figures.pupils) == (98.4, 1200)
    page = f"{ROOT}/etablissements/{known.school.id}/2024"
    elodie.follow(page, {**TYPED, "ips": "99", "uai": "0010001a"})
    now = storage.get_line(db, known.school.id, 2024)
    assert (now.figures.ips, now.figures.pupils, now.school.uai, now.version) == (99, None, "0010001A", 2)
    assert elodie.send(page, {**TYPED, "version": "1"}).status_code == 409
    elodie.get(f"{ROOT}/etablissements/{known.school.id}/2019", 404)
    elodie.send(f"{page}/retirer", {}, page=page)
    assert storage.list_schools(db) == []


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"name": ""}, "Écrivez le nom"),
        ({"ips": "beaucoup"}, "Écrivez un nombre"),
        ({"ips": ""}, "Donnez au moins"),
        ({"year": "2030"}, "La rentrée va de"),
        ({"favoured": "3"}, "Donnez les quatre groupes"),
        (
            {"pupils": "20", "very_favoured": "9", "favoured": "9", "middle": "9", "disadvantaged": "9"},
            "plus que l’effectif",
        ),
        ({"residents": "10", "stayed": "11"}, "Plus d’élèves scolarisés ici"),
        ({"stayed_disadvantaged": "1"}, "Plus d’élèves scolarisés ici"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    browse: Any, db: EncryptedDatabase, wrong: dict[str, str], message: str
) -> None:
    answer = browse("elodie").send(f"{ROOT}/etablissements/nouveau", {**TYPED, **wrong}).text
    assert message in answer
    assert 'aria-invalid="true"' in answer
    assert wrong.get("name", "Collège des Noyers") in answer
    assert storage.list_years(db) == []


def _sent(elodie: Any, content: bytes, **data: str) -> str:
    page = f"{ROOT}/importer"
    sent = {"file": (BytesIO(content), "ips.csv"), "level": "college", **data}
    return str(elodie.send(page, sent).text)


def test_the_file_is_shown_before_it_is_written(browse: Any, db: EncryptedDatabase) -> None:
    elodie = browse("elodie")
    staged = _sent(elodie, FILE.encode(), place="brumeval")
    assert "2\u00a0établissements à écrire, 1\u00a0ligne laissée de côté" in staged
    assert "COLLEGE DU LAC" not in staged
    assert storage.list_years(db) == []
    read = read_lines(read_sheets(FILE.encode()), SchoolLevel.COLLEGE, "brumeval", TODAY)
    assert [row for row, _ in read.left_out] == [3]
    assert [(each.school.uai, each.figures.pupils, each.figures.ips) for each in read.lines] == [
        ("0010001A", 540, 110.4),
        ("0010003C", 402, 121.0),
    ]
    assert read.lines[1].school.sector is Sector.PRIVATE


def test_what_was_shown_is_written_once_and_keeps_what_the_file_leaves_empty(
    db: EncryptedDatabase, amina: Actor
) -> None:
    groups = {"very_favoured": 10, "favoured": 20, "middle": 30, "disadvantaged": 40}
    storage.add_line(db, amina, line(2022, "Collège des Noyers", **groups), TODAY)
    read = read_lines(read_sheets(FILE.encode()), SchoolLevel.COLLEGE, "Ain", TODAY)
    storage.put_lines(db, amina, read.lines, TODAY)
    storage.put_lines(db, amina, read.lines, TODAY)
    known = {each.school.name: each for each in storage.list_lines(db, 2022)}
    assert len(known) == 2
    assert known["Collège des Noyers"].figures.disadvantaged == 40
    assert known["Collège des Noyers"].figures.ips == 110.4


def test_a_file_that_is_not_one_of_schools_is_explained(browse: Any, db: EncryptedDatabase) -> None:
    elodie = browse("elodie")
    assert "Aucune ligne de titres reconnue" in _sent(elodie, b"prenom;nom\r\nA;B\r\n")
    assert "Aucun établissement pour cette commune" in _sent(elodie, FILE.encode(), place="Nulleville")
    assert "Choisissez un fichier" in elodie.send(f"{ROOT}/importer", {"level": "college"}).text
    broken = elodie.send(f"{ROOT}/importer/confirmer", {"lines": "[{]"}, page=f"{ROOT}/importer")
    assert "plus lisible" in broken.text
    assert storage.list_years(db) == []


@pytest.mark.skipif(not MINISTRY.exists(), reason="the ministry's file is not part of the product")
def test_the_ministry_s_file_is_read_as_it_is_published() -> None:
    sheets = read_sheets(MINISTRY.read_bytes())
    read = read_lines(sheets, SchoolLevel.COLLEGE, "Toulouse", TODAY)
    assert len(read.lines) > 20
    assert {each.figures.year for each in read.lines} == {2022}
    assert all(each.figures.pupils and each.figures.ips for each in read.lines)
    with pytest.raises(Refused, match="commune ou le département"):
        read_lines(sheets, SchoolLevel.COLLEGE, "", TODAY)


def test_the_rule_says_where_its_mean_comes_from(browse: Any, db: EncryptedDatabase) -> None:
    elodie, page = browse("elodie"), f"{ROOT}/regle"
    assert "d’où vient cette moyenne" in elodie.send(page, {"threshold": "15", "reference": "103,8"}).text
    rule = {"threshold": "15", "reference": "103,8", "reference_words": "IPS départemental"}
    elodie.send(page, rule)
    assert storage.get_rule(db).threshold == 15
    assert elodie.send(page, {**rule, "version": "0"}).status_code == 409
