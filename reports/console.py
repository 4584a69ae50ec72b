"""`impact indicators` and `impact report`: figures and reports from the console, protected like everywhere else."""

import json
import os
import tempfile
from argparse import Namespace
from importlib.metadata import version
from pathlib import Path

from impact.audit import SYSTEM, Deed, note_access
from impact.backups import PRODUCT
from impact.commands import open_community, tell
from impact.communities.storage import get_community
from impact.db import EncryptedDatabase
from impact.exceptions import Unusable
from impact.instance import Instance
from impact.periods import Period, last_complete_school_year, local_today
from impact.vocabulary import Audience, CommunityKind
from impact.wording import french, number
from impact_maps.indicators import CATALOGUE
from reports import storage
from reports.composition.words import interval_text, is_small, unit_text, value_text
from reports.data import load
from reports.issuing import issue_report, table_csv
from reports.publishing import as_rows
from reports.records import Estimate
from reports.rules import check_period, usual_report
from reports.vocabulary import ReportKind, ReportState
from reports.writing import published_estimates

Scope = tuple[Period, CommunityKind, Audience]


def indicators(place: Instance, arguments: Namespace) -> int:
    """Write every indicator on the standard output, with the same keys in JSON and CSV."""
    db = open_community(place, arguments.community)
    try:
        period, kind, audience = _scope(db, arguments)
        estimates = published_estimates(db, load(db, period), period, kind, audience)
        note_access(db, SYSTEM, Deed.EXPORT, "figure")
    finally:
        db.close()
    if arguments.format == "json":
        print(json.dumps(as_rows(estimates, period, audience), ensure_ascii=False, indent=2))
    elif arguments.format == "csv":
        print(table_csv(estimates, period, audience).decode("utf-8-sig"), end="")
    else:
        tell(f"Indicateurs, {period.label} ({audience.label})")
        for estimate in estimates:
            tell(_line(estimate))
    return 0


def report(place: Instance, arguments: Namespace) -> int:
    """Order a report, prepare it at once, keep it frozen in the community's file, and write its PDF."""
    db = open_community(place, arguments.community)
    try:
        period, audience = _period(arguments), arguments.audience
        kind, report_kind = _kinds(get_community(db).kind, arguments.kind)
        out: Path = arguments.out or Path(f"rapport-{arguments.community}-{period.code.replace(':', '_')}.pdf")
        _check_out(out)
        ordered = storage.order_report(db, SYSTEM, period, kind, audience, version(PRODUCT), report_kind=report_kind)
        issue_report(place, arguments.community, ordered)
        made = storage.get_report(db, ordered)
        if made.state is not ReportState.READY:
            raise Unusable(made.message)
        _write(out, storage.report_pdf(db, ordered))
        note_access(db, SYSTEM, Deed.EXPORT, "report", ordered)
    finally:
        db.close()
    tell(f"Rapport écrit dans {out} ({period.label}, {audience.label}). Empreinte SHA-256 : {made.sha256}")
    return 0


def _check_out(out: Path) -> None:
    """Before the report is made: what it publishes stays published."""
    folder = out.absolute().parent
    if not folder.is_dir():
        raise Unusable(f"Le dossier {folder} n’existe pas : choisissez-en un autre avec --out.")
    if out.is_dir():
        raise Unusable(f"{out} est un dossier : ajoutez le nom du fichier à écrire, par exemple rapport.pdf.")
    if not os.access(folder, os.W_OK):
        raise Unusable(f"Le dossier {folder} ne peut pas être écrit : choisissez-en un autre avec --out.")


def _scope(db: EncryptedDatabase, arguments: Namespace) -> Scope:
    return _period(arguments), arguments.kind or get_community(db).kind, arguments.audience


def _period(arguments: Namespace) -> Period:
    today = local_today()
    period: Period = arguments.period or last_complete_school_year(today)
    check_period(period, today)
    return period


def _kinds(community: CommunityKind, wanted: str | None) -> tuple[CommunityKind, ReportKind]:
    """Of which catalogue, and what the report is for; a kind of community stands for its yearly report."""
    if wanted is None:
        return community, usual_report(community)
    if wanted in set(ReportKind):
        return community, ReportKind(wanted)
    kind = CommunityKind(wanted)
    return kind, usual_report(kind)


def _line(estimate: Estimate) -> str:
    """The same words as in the report; counts beside a share."""
    name, row = CATALOGUE[estimate.code].title, estimate.label or estimate.category
    value = french(f"{value_text(estimate)} {unit_text(estimate)}").strip()
    parts = [f"{name} ({row}) : {value}" if row else f"{name} : {value}"]
    counted = f"{number(estimate.numerator)} sur {number(estimate.denominator)}"
    if estimate.numerator is not None and estimate.denominator is not None and not is_small(estimate):
        parts.append(counted)
    if interval := interval_text(estimate):
        parts.append(f"intervalle à 95 % : {interval}")
    if estimate.missing:
        parts.append(f"manquants : {number(estimate.missing)}")
    return " ; ".join(parts)


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all."""
    descriptor, name = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name}-")
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    os.replace(name, path)
