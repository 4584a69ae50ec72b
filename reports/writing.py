"""One report, from what was ordered to the tree of its document: the page, the PDF and the editable copy all read it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from impact.communities.storage import get_community
from impact.db import EncryptedDatabase
from impact.periods import Period, local_day
from impact.vocabulary import Audience, CommunityKind
from impact_maps.indicators import codes_of
from reports.chain import draw_chain
from reports.composition.compose import compose
from reports.composition.context import Context, Earlier
from reports.composition.document import Document
from reports.composition.found_design import found_design
from reports.composition.key_figures import evolving_codes
from reports.composition.ladder import Design
from reports.composition.reissue import Changes, changes
from reports.composition.sections import CHAIN, families_of, proposed, rows_of
from reports.composition.words import Estimates
from reports.data import Data
from reports.holding import releases
from reports.publishing import as_published, as_read, compute_all, to_figures
from reports.records import Estimate, Remark, Report
from reports.remembering import computed, computed_over
from reports.rules import GLANCE, periods_until
from reports.storage import released_in
from reports.telling import draw_links, tell_diagnosis, tell_experiences
from reports.vocabulary import ReportKind
from surveys.coding.storage import released_quotes


@dataclass(frozen=True)
class Order:
    """What a report is to be; no section means those that its kind proposes; `earlier` is its last issue."""

    report_kind: ReportKind
    kind: CommunityKind
    audience: Audience
    period: Period
    version: str
    sections: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    earlier: Report | None = None

    @property
    def codes(self) -> Collection[str] | None:
        """The indicators that its sections read; None for all of them, which the value chain may show."""
        keys = self.sections or proposed(self.report_kind, self.kind)
        return None if CHAIN in keys else codes_of(families_of(keys))


@dataclass(frozen=True)
class Written:
    """The document, the estimates that it publishes, and the design that they hold."""

    document: Document
    estimates: list[Estimate]
    design: Design


def write_report(db: EncryptedDatabase, order: Order, published: Sequence[Estimate], moment: datetime) -> Written:
    """The tree of the report, of figures already protected for its audience."""
    community = get_community(db)
    chain = draw_chain(db, to_figures(published, order.period, order.audience, moment))
    context = Context(
        name=community.name,
        territory=community.territory,
        kind=order.kind,
        period=order.period,
        audience=order.audience,
        issued_on=moment.date(),
        version=order.version,
        chain_svg=chain.svg,
        chain_boxes=chain.boxes,
        chain_measured=chain.measured,
        chain_supported=chain.supported,
        remarks=order.remarks,
        report_kind=order.report_kind,
        sections=order.sections,
        links=draw_links(db, order.period),
        experiences=tell_experiences(db),
        quotes=released_quotes(db, order.period),
        diagnosis=tell_diagnosis(db, order.period, order.audience),
    )
    rows = rows_of(context, published)
    context = replace(context, earlier=_earlier(db, order, rows), changes=_since(db, order, rows))
    return Written(compose(context, published), rows, found_design(Estimates(rows), mechanism=chain.supported > 0))


def _earlier(db: EncryptedDatabase, order: Order, published: Sequence[Estimate]) -> Earlier:
    """The key figures of the years before, as this audience may read them; none for a period that is not a year.

    Two periods that differ by a few days would tell who came between.
    """
    if order.period.is_of_dates or order.report_kind.is_one_page or order.report_kind is ReportKind.SURVEY:
        return ()
    codes = evolving_codes(Estimates(published))
    periods = periods_until(order.period, GLANCE, get_community(db).starts_on)[:-1]
    if not codes or not periods:
        return ()
    exact = computed_over(db, periods, order.kind, codes)
    told = [as_read(db, rows, period, order.audience) for rows, period in zip(exact, periods, strict=True)]
    shown = [*zip(periods, told, strict=True), (order.period, list(published))]
    return [(period.code, Estimates(rows)) for period, rows in shown]


def write_now(db: EncryptedDatabase, order: Order, moment: datetime) -> Written:
    """The report with the figures of this moment."""
    exact = computed(db, order.period, order.kind, order.codes)
    published = as_published(db, exact, order.period, order.audience)
    return write_report(db, order, published, moment)


def _since(db: EncryptedDatabase, order: Order, rows: Sequence[Estimate]) -> Changes | None:
    if order.earlier is None or order.earlier.issued_at is None:
        return None
    now = {(each.code, each.category): each for each in releases(rows, order.period, order.audience)}
    return changes(local_day(order.earlier.issued_at), released_in(db, order.earlier.id), now)


def published_estimates(
    db: EncryptedDatabase,
    data: Data,
    period: Period,
    kind: CommunityKind,
    audience: Audience,
    codes: Collection[str] | None = None,
) -> list[Estimate]:
    """Every indicator, or those of `codes`, as this audience may read it: computed, protected, held where a value
    already left the house.
    """
    return as_published(db, compute_all(data, period, kind, codes), period, audience)
