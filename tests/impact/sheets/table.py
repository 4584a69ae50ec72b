"""The imaginary follow-up table of Valbrune-sur-Aure, what must become of it, and a person who matches it."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from impact.audit import Actor
from impact.db import EncryptedDatabase
from impact.sheets.importing import place_in, propose
from impact.sheets.matching_rules import meaning_key, propose_sheet
from impact.sheets.reading import read_sheets
from impact.sheets.records import Import, Plan
from impact.sheets.staging_storage import get_import, stage
from impact.sheets.vocabulary import Column

SAMPLES = Path(__file__).parent / "samples"
EXPECTED: dict[str, Any] = json.loads((SAMPLES / "attendu.json").read_text(encoding="utf-8"))
FIELDS = {
    "dossier": Column.NUMBER,
    "orientation": Column.RECEIVED_ON,
    "nom": Column.FAMILY_NAME,
    "prenom": Column.GIVEN_NAME,
    "sexe": Column.SEX,
    "naissance": Column.BIRTH_DATE,
    "code": Column.POSTCODE,
    "ecole": Column.SCHOOL,
    "uai": Column.UAI,
    "classe": Column.CLASS,
    "origine": Column.ORIGIN,
    "motifs": Column.MOTIVES,
    "accord": Column.AGREEMENT,
    "eps": Column.MEETING_ON,
    "decision": Column.DECISION,
    "referent": Column.REFERENT,
    "debut": Column.STARTED_ON,
    "fin": Column.ENDED_ON,
    "motif_sortie": Column.EXIT_REASON,
    "qpv": Column.PRIORITY_AREA,
    "heures": Column.HOURS,
    "observations": Column.OBSERVATIONS,
}
# How our own words say what the expected file calls by its codes.
_WORDS: dict[str, dict[str, str]] = {
    "sexe": {"F": "girl", "M": "boy"},
    "accord": {"oui": "yes", "non": "no"},
    "qpv": {"oui": "yes", "non": "no", "": "unknown"},
    "decision": {
        "parcours": "pathway",
        "attente": "waiting",
        "reorientation": "elsewhere",
        "refus_eps": "refused",
        "refus_famille": "family",
    },
}


def meanings() -> dict[Column, dict[str, str]]:
    """What the person would choose on the page, by column and folded value."""
    told: Mapping[str, Mapping[str, str]] = EXPECTED["correspondances"]
    return {
        FIELDS[name]: {meaning_key(said): _WORDS.get(name, {}).get(word, word) for said, word in values.items()}
        for name, values in told.items()
    }


def staged(db: EncryptedDatabase, actor: Actor, today: date, name: str = "suivi.xlsx") -> tuple[Import, Plan]:
    """The table received, its columns as proposed and its values as the person would match them."""
    sheets = read_sheets((SAMPLES / name).read_bytes())
    received = get_import(db, stage(db, actor, name, sheets))
    plan = place_in(sheets, propose_sheet(sheets), None, today)
    plan = propose(db, received, replace(plan, meanings=meanings()), today)
    return received, plan
