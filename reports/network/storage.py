"""The shared file: what each community publishes of itself, and what everybody may compare."""

from collections.abc import Iterable
from datetime import UTC, datetime

from impact.audit import SYSTEM, Deed, write
from impact.communities.records import Community
from impact.db import EncryptedDatabase, Row
from impact.periods import Period
from impact.vocabulary import CommunityKind
from reports.network.records import Peer, PeerFigure
from reports.records import Estimate


def publish(
    shared: EncryptedDatabase, slug: str, community: Community, period: Period, estimates: Iterable[Estimate]
) -> None:
    """Replace the single figures of a period by these, already protected; breakdowns stay at home."""
    singles = [each for each in estimates if not each.category and (each.value is not None or each.masked)]
    with write(shared, SYSTEM) as log:
        shared.execute(
            "INSERT INTO published_community (slug, name, kind, published_at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (slug) DO UPDATE SET name = excluded.name, kind = excluded.kind,"
            " published_at = excluded.published_at",
            (slug, community.name, community.kind.value, datetime.now(UTC).isoformat(timespec="seconds")),
        )
        shared.execute("DELETE FROM published_figure WHERE slug = ? AND period = ?", (slug, period.code))
        shared.conn.executemany(
            "INSERT INTO published_figure (slug, period, code, unit, value, numerator, denominator, low, high, n,"
            " missing, masked, reason, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    slug,
                    period.code,
                    each.code,
                    each.unit,
                    each.value,
                    each.numerator,
                    each.denominator,
                    each.low,
                    each.high,
                    each.n,
                    each.missing,
                    int(each.masked),
                    each.reason,
                    each.version,
                )
                for each in singles
            ],
        )
        log.note(Deed.CHANGE, "published_figure", None, [period.code])


def list_peers(shared: EncryptedDatabase) -> list[Peer]:
    """Every community that published, by name."""
    return [
        Peer(row["slug"], row["name"], CommunityKind(row["kind"]), datetime.fromisoformat(row["published_at"]))
        for row in shared.rows("SELECT * FROM published_community ORDER BY name")
    ]


def list_figures(shared: EncryptedDatabase, kind: CommunityKind) -> list[PeerFigure]:
    """Every figure of the communities of one kind."""
    rows = shared.rows(
        "SELECT published_figure.* FROM published_figure JOIN published_community USING (slug) WHERE kind = ?"
        " ORDER BY slug, period, code",
        (kind.value,),
    )
    return [PeerFigure(row["slug"], row["period"], _estimate(row)) for row in rows]


def _estimate(row: Row) -> Estimate:
    kept = {name: held for name, held in row.items() if name not in ("slug", "period")}
    return Estimate(**{**kept, "masked": bool(row["masked"])})
