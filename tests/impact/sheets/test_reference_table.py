"""The files of the imaginary table (and the first one saved as an old workbook) come in as its expected file says."""

import csv
from datetime import date
from decimal import Decimal

import pytest

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.sheets.importing import carry_out, prepare
from impact.sheets.known_storage import list_follow_ups
from impact.sheets.records import Batch
from impact.sheets.staging_storage import get_import, save_plan
from impact.sheets.vocabulary import Likeness
from impact.wording import fold
from tests.impact.sheets.table import EXPECTED, FIELDS, SAMPLES, staged

pytestmark = pytest.mark.whole
TODAY = date(2026, 11, 20)
FILES = ("suivi.xlsx", "suivi.ods", "suivi.csv", "suivi.xls")
FAULTS = {
    "date_inexistante": "no_day",
    "nombre_hors_limites": "out_of_bounds",
    "nombre_illisible": "not_a_number",
    "valeur_inconnue": "unknown_value",
    "naissance_hors_limites": "impossible_birth",
    "valeur_manquante": "missing",
    "naissance_future": "future_birth",
    "sortie_avant_entree": "end_before_start",
    "date_illisible": "not_a_date",
    "eps_avant_orientation": "meeting_before_reception",
    "sortie_sans_entree": "end_without_start",
    "sortie_sans_date": "reason_without_end",
    "accord_manquant": "no_agreement",
    "age_hors_public": "unusual_age",
    "annee_deux_chiffres": "short_year",
    "caractere_invisible": "invisible",
    "date_posterieure_arrete": "later",
    "date_serie": "serial",
    "debut_avant_eps": "start_before_meeting",
    "eps_absente": "no_meeting",
    "motif_sortie_absent": "no_reason",
    "naissance_absente": "no_birth",
    "nom_absent": "no_name",
    "numero_repete": "repeated_number",
    "referent_absent": "no_referent",
    "referent_change": "changed_referent",
    "valeur_hors_liste": "new_value",
}

# Columns of the clean list that are told as they are.
DECISIONS = {
    "parcours": "pathway",
    "refus_eps": "refused",
    "refus_famille": "family",
    "reorientation": "elsewhere",
    "attente": "waiting",
    "": "",
}
SAME = ("dossier", "naissance", "origine", "orientation", "eps", "debut", "fin", "motif_sortie")


def told(kind: str) -> set[tuple[int, str, str]]:
    """Line, column and sense of what the expected file lists."""
    return {(each["ligne"], FIELDS[each["champ"]].value, FAULTS[each["code"]]) for each in EXPECTED[kind]}


def clean_list() -> dict[int, dict[str, object]]:
    """What the clean list says of each situation, by the first of its lines."""
    with open(SAMPLES / "propre.csv", encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    return {
        int(row["lignes"].split("+")[0]): {name: row[name] for name in SAME}
        | {
            "accord": {"oui": "yes", "non": "no", "": "unknown"}[row["accord"]],
            "qpv": {"oui": "yes", "non": "no", "": "unknown"}[row["qpv"]],
            "motifs": tuple(filter(None, row["motifs"].split("|"))),
            "heures": Decimal(row["heures"]) if row["heures"] else None,
            "referents": [each for each in (row["referent"], row["referent_suivant"]) if each],
            "changement": row["changement"],
            "enfant": fold(f"{row['prenom']} {row['nom']}"),
            "sexe": {"F": "girl", "M": "boy", "": "unknown"}[row["sexe"]],
            "decision": DECISIONS[row["decision"]],
        }
        for row in rows
    }


def stored(db: EncryptedDatabase) -> dict[int, dict[str, object]]:
    """The same of what the database holds."""
    lines = {row["situation_id"]: row["line"] for row in db.rows("SELECT situation_id, line FROM situation_import")}
    found = {}
    for key, (_, row) in list_follow_ups(db).items():
        told = {name: getattr(row, FIELDS[name].value) for name in SAME}
        said = {name: value.isoformat() if isinstance(value, date) else value for name, value in told.items()}
        found[lines[key]] = {name: value or "" for name, value in said.items()} | {
            "accord": row.agreement.value,
            "qpv": row.priority_area.value,
            "motifs": row.motives,
            "heures": row.hours,
            "referents": [name for name, _ in row.referents],
            "changement": next((since.isoformat() for _, since in row.referents if since), ""),
            "enfant": fold(f"{row.given_name} {row.family_name}"),
            "sexe": row.sex.value,
            "decision": row.decision.value if row.decision else "",
            # A day still to come is a forecast; an exit without reason says so in its list.
            "fin": str(row.ended_on or row.expected_on or ""),
            "motif_sortie": row.exit_reason.replace("Non renseigné", ""),
        }
    return found


@pytest.fixture(params=FILES)
def batch(request: pytest.FixtureRequest, db: EncryptedDatabase, amina: Actor) -> Batch:
    """What the import of each file would do."""
    received, plan = staged(db, amina, TODAY, request.param)
    assert plan.stopped_on.isoformat() == EXPECTED["arrete_au"]
    assert plan.heading_row == EXPECTED["ligne_entete"]
    return prepare(db, received, plan, {}, TODAY)


def test_rows_are_refused_warned_left_aside_and_merged_as_expected(batch: Batch) -> None:
    refused = [remark for row in batch.refused for remark in row.remarks if remark.refuses]
    assert {(each.line, each.column.value, each.fault.value) for each in refused} == told("refusees")
    assert len(batch.rows) == EXPECTED["lignes_de_donnees"]
    assert batch.ignored == len(EXPECTED["lignes_ignorees"])
    warned = {(each.line, each.column.value, each.fault.value) for each in batch.warnings}
    assert told("averties") <= warned | {each for each in told("averties") if each[2] == "new_value"}
    kinds = {"situation_en_double": Likeness.SITUATION, "meme_enfant": Likeness.SAME}
    joined = {(pair.likeness, pair.lines) for pair in batch.pairs if pair.likeness in kinds.values()}
    assert joined == {(kinds[each["genre"]], tuple(each["lignes"])) for each in EXPECTED["fusions"]}
    assert len(batch.entries) == EXPECTED["retenu"]["situations"]
    assert batch.children == EXPECTED["retenu"]["enfants"]
    kept = {row.line: row.said for row in batch.rows}
    for each in EXPECTED["valeurs_a_conserver"]:
        assert getattr(kept[each["ligne"]], FIELDS[each["champ"]].value) == each["valeur"]


def test_the_first_error_reads_as_a_sentence(batch: Batch) -> None:
    said = [remark.said for row in batch.refused for remark in row.remarks if remark.line == 171 and remark.refuses]
    assert said == ["Ligne 171, colonne « Fin parcours » : « 31/06/2026 » n’est pas une date : ce jour n’existe pas"]


@pytest.mark.parametrize("name", FILES)
def test_what_is_confirmed_is_in_the_database(db: EncryptedDatabase, amina: Actor, name: str) -> None:
    received, plan = staged(db, amina, TODAY, name)
    save_plan(db, amina, received.id, plan, received.version)
    assert db.value("SELECT count(*) FROM situation") == 0
    counts = carry_out(db, amina, received.id, TODAY)
    retained = EXPECTED["retenu"]
    assert counts["situations"] == db.value("SELECT count(*) FROM situation") == retained["situations"]
    assert counts["children"] == db.value("SELECT count(*) FROM child") == retained["enfants"]
    assert db.value("SELECT count(*) FROM pathway") == retained["parcours_commences"]
    assert (counts["members"], counts["refused"]) == (6, 17)
    held, wanted = stored(db), clean_list()
    assert {line: (held[line], each) for line, each in wanted.items() if held.get(line) != each} == {}
    assert held.keys() == wanted.keys()
    again = get_import(db, received.id)
    assert again.plan is not None
    second = prepare(db, again, again.plan, {}, TODAY)
    assert second.entries == ()
    assert len(second.present) == retained["situations"] + 4
    # The rows merged into another differ from it; all others are found as they were written.
    changed = {each.line: each.differences for each in second.present if each.differences}
    assert set(changed) <= {line for each in EXPECTED["fusions"] for line in each["lignes"]}, changed
    assert len(list_follow_ups(db)) == retained["situations"]
