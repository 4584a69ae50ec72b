"""Reports: ordered, prepared step by step, frozen with what they released."""

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from math import inf

from impact.audit import SYSTEM, Actor, Deed, write
from impact.db import EncryptedDatabase, Row
from impact.exceptions import NotFound
from impact.periods import Period, parse_period
from impact.vocabulary import Audience, CommunityKind
from reports.records import Published, Release, Remark, Report
from reports.vocabulary import RemarkKind, ReportKind, ReportState


def order_report(
    db: EncryptedDatabase,
    actor: Actor,
    period: Period,
    kind: CommunityKind,
    audience: Audience,
    product_version: str,
    once: str = "",
    remarks: Sequence[Remark] = (),
    report_kind: ReportKind = ReportKind.ANNUAL,
    sections: Sequence[str] = (),
    draft_id: int | None = None,
) -> int:
    """Queue a report with what its authors sign, and give its id; `sections` as in `composition.sections`."""
    with write(db, actor, once) as log:
        added = db.insert_row(
            "INSERT INTO report (period, kind, audience, state, ordered_by, ordered_at, product_version, report_kind,"
            " sections, draft_id) VALUES (?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?)",
            (
                period.code,
                kind.value,
                audience.value,
                actor.member_id,
                _now(),
                product_version,
                report_kind.value,
                json.dumps(list(sections)),
                draft_id,
            ),
        )
        db.conn.executemany(
            "INSERT INTO report_opinion (report_id, kind, words, author, author_role, written_on)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [
                (added, each.kind.value, each.words, each.author, each.author_role, each.written_on.isoformat())
                for each in remarks
            ],
        )
        log.note(Deed.CREATE, "report", added)
    return added


def list_remarks(db: EncryptedDatabase, report_id: int) -> list[Remark]:
    """What people signed on a report, judgement first."""
    return [
        Remark(
            RemarkKind(row["kind"]),
            row["words"],
            row["author"],
            row["author_role"],
            date.fromisoformat(row["written_on"]),
        )
        for row in db.rows("SELECT * FROM report_opinion WHERE report_id = ? ORDER BY kind, id", (report_id,))
    ]


def find_report_by_hash(db: EncryptedDatabase, sha256: str) -> Report | None:
    """The report issued as this very file."""
    return next((report for report in list_reports(db) if report.sha256 == sha256), None)


def get_report(db: EncryptedDatabase, report_id: int) -> Report:
    """Raises NotFound."""
    for report in list_reports(db):
        if report.id == report_id:
            return report
    raise NotFound


def list_reports(db: EncryptedDatabase) -> list[Report]:
    """The newest first."""
    return [
        _report(row)
        for row in db.rows(
            "SELECT id, period, kind, audience, state, step, steps, message, ordered_at, issued_at, product_version,"
            " sha256, report_kind, sections, draft_id FROM report ORDER BY id DESC"
        )
    ]


def note_progress(db: EncryptedDatabase, report_id: int, step: int, steps: int, message: str) -> None:
    """How far the preparation is; a report that is over no longer moves."""
    with write(db, SYSTEM) as log:
        db.execute(
            "UPDATE report SET state = 'running', step = ?, steps = ?, message = ?"
            " WHERE id = ? AND state IN ('queued', 'running')",
            (step, steps, message, report_id),
        )
        log.note(Deed.CHANGE, "report", report_id, ["step"])


def fail_report(db: EncryptedDatabase, report_id: int, message: str) -> None:
    """Stop with a French reason."""
    with write(db, SYSTEM) as log:
        db.execute(
            "UPDATE report SET state = 'failed', message = ? WHERE id = ? AND state IN ('queued', 'running')",
            (message, report_id),
        )
        log.note(Deed.CHANGE, "report", report_id, ["state"])


def issue_report(
    db: EncryptedDatabase, report_id: int, pdf: bytes, releases: Sequence[Release], docx: bytes | None = None
) -> None:
    """Freeze the PDF, its editable copy, its hash and every value that it releases, in one transaction."""
    with write(db, SYSTEM) as log:
        issued = db.changed(
            "UPDATE report SET state = 'ready', step = steps, message = '', issued_at = ?, sha256 = ?, pdf = ?,"
            " docx = ? WHERE id = ? AND state IN ('queued', 'running')",
            (_now(), hashlib.sha256(pdf).hexdigest(), pdf, docx, report_id),
        )
        if issued:
            db.conn.executemany(
                "INSERT INTO release (report_id, period, audience, code, category, value, numerator, denominator, masked,"
                " label, n, missing, told) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [(report_id, one.period, one.audience.value, *_release_values(one)) for one in releases],
            )
        log.note(Deed.CHANGE, "report", report_id, ["state", "pdf"])


def report_pdf(db: EncryptedDatabase, report_id: int) -> bytes:
    """The frozen PDF; raises NotFound while there is none."""
    pdf = db.value("SELECT pdf FROM report WHERE id = ? AND state = 'ready'", (report_id,))
    if pdf is None:
        raise NotFound
    return bytes(pdf)


def report_docx(db: EncryptedDatabase, report_id: int) -> bytes:
    """The editable copy made with the PDF; raises NotFound without one."""
    docx = db.value("SELECT docx FROM report WHERE id = ? AND state = 'ready'", (report_id,))
    if docx is None:
        raise NotFound
    return bytes(docx)


def last_issue(db: EncryptedDatabase, draft_id: int | None, before: int | None = None) -> Report | None:
    """The last report issued from a draft, or the last one before another report."""
    if draft_id is None:
        return None
    return next(
        (each for each in list_reports(db) if each.draft_id == draft_id and each.sha256 and each.id < (before or inf)),
        None,
    )


def released_in(db: EncryptedDatabase, report_id: int) -> dict[tuple[str, str], Release]:
    """Every value of one report, by (code, category)."""
    rows = db.rows("SELECT * FROM release WHERE report_id = ? ORDER BY rowid", (report_id,))
    return {(row["code"], row["category"]): _release(row) for row in rows}


def last_change(db: EncryptedDatabase) -> str:
    """The chained mark of the last deed that may change a figure, and the number of answers, which leave no entry.

    What only reads, or writes around a report, changes nothing.
    """
    found = db.value(
        "SELECT mac FROM audit_entry WHERE deed IN ('create', 'change', 'delete', 'share') AND object_kind NOT IN"
        " ('figure', 'report', 'report_draft', 'draft_word', 'report_sending') ORDER BY id DESC LIMIT 1"
    )
    answers = db.value("SELECT count(*) FROM response")
    return f"{found or ''} {answers}"


def latest_releases(db: EncryptedDatabase, codes: Collection[str]) -> Published:
    """The last values of these indicators that left the house in a report; exact ones stay with the team."""
    return _by_period(
        db.rows(
            "SELECT *, max(report_id) FROM release WHERE audience <> 'internal'"
            " AND code IN (SELECT value FROM json_each(?)) GROUP BY period, code, category ORDER BY max(report_id), rowid",
            (json.dumps(sorted(codes)),),
        )
    )


def shown_figures(db: EncryptedDatabase, codes: Collection[str]) -> Published:
    """What readers outside the house found on their pages of these indicators."""
    return _by_period(
        db.rows(
            "SELECT *, 'funder' AS audience FROM shown_figure"
            " WHERE code IN (SELECT value FROM json_each(?)) ORDER BY rowid",
            (json.dumps(sorted(codes)),),
        )
    )


def show_figures(db: EncryptedDatabase, period: Period, releases: Sequence[Release]) -> None:
    """Keep what pages outside the house show from now on of these indicators over this period.

    It takes the place of what they showed before, and over the same period when it had not grown to this day.
    """
    with write(db, SYSTEM) as log:
        known = [parse_period(row["period"]) for row in db.rows("SELECT DISTINCT period FROM shown_figure")]
        shorter = [each for each in known if each.start == period.start and each.end < period.end and each.is_of_dates]
        db.conn.executemany("DELETE FROM shown_figure WHERE period = ?", [(each.code,) for each in shorter])
        codes = sorted({one.code for one in releases})
        db.conn.executemany(
            "DELETE FROM shown_figure WHERE period = ? AND code = ?", [(period.code, code) for code in codes]
        )
        db.conn.executemany(
            "INSERT INTO shown_figure (period, code, category, value, numerator, denominator, masked, label, n,"
            " missing, told) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(period.code, *_release_values(one)) for one in releases],
        )
        log.note(Deed.CHANGE, "figure", None, [period.code])


def _by_period(rows: Iterable[Row]) -> Published:
    found: dict[str, dict[tuple[str, str], Release]] = {}
    for row in rows:
        found.setdefault(row["period"], {})[row["code"], row["category"]] = _release(row)
    return {parse_period(code): values for code, values in found.items()}


def releases_of(db: EncryptedDatabase, code: str, audience: Audience) -> list[tuple[Report, Release]]:
    """Every value of an indicator that left in a report made for this audience, the newest first."""
    reports = {report.id: report for report in list_reports(db)}
    rows = db.rows(
        "SELECT * FROM release WHERE code = ? AND audience = ? ORDER BY report_id DESC, category",
        (code, audience.value),
    )
    return [(reports[row["report_id"]], _release(row)) for row in rows]


def _release_values(release: Release) -> tuple[object, ...]:
    return (
        release.code,
        release.category,
        release.value,
        release.numerator,
        release.denominator,
        int(release.masked),
        release.label,
        release.n,
        release.missing,
        release.told,
    )


def _release(row: Row) -> Release:
    kept = {each.name: row[each.name] for each in fields(Release)}
    return Release(**{**kept, "audience": Audience(row["audience"]), "masked": bool(row["masked"])})


def _report(row: Row) -> Report:
    issued = row["issued_at"]
    return Report(
        id=row["id"],
        period=parse_period(row["period"]),
        kind=CommunityKind(row["kind"]),
        audience=Audience(row["audience"]),
        state=ReportState(row["state"]),
        step=row["step"],
        steps=row["steps"],
        message=row["message"],
        ordered_at=datetime.fromisoformat(row["ordered_at"]),
        issued_at=datetime.fromisoformat(issued) if issued else None,
        product_version=row["product_version"],
        sha256=row["sha256"] or "",
        report_kind=ReportKind(row["report_kind"]),
        sections=tuple(json.loads(row["sections"])),
        draft_id=row["draft_id"],
    )


def _now() -> str:
    return datetime.now(UTC).isoformat()
