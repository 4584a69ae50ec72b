"""Activities as a spreadsheet reads them."""

import csv
import io
from collections.abc import Mapping, Sequence

from impact.mediation.records import Activity, Posting, Site

HEADINGS = (
    "jour", "site", "type de site", "médiateur", "activité", "axe", "minutes", "personnes", "filles", "garçons",
    "demandeur", "suite", "notes",
)  # fmt: skip


def as_csv(
    activities: Sequence[Activity],
    sites: Sequence[Site],
    postings: Sequence[Posting],
    mediators: Mapping[int, str],
    words: Mapping[str, Mapping[str, str]],
) -> bytes:
    """One line an activity, in UTF-8 with the mark that spreadsheets look for; `mediators` goes by posting."""
    known = {site.id: site for site in sites}
    site_of = {posting.id: known[posting.site_id] for posting in postings}
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for each in activities:
        site = site_of[each.posting_id]
        line = (
            each.done_on.isoformat(), site.name, site.kind.label, mediators[each.posting_id],
            words["categories"].get(each.category, each.category), each.axis.label, each.minutes, each.people, each.girls,
            each.boys, words["requests"].get(each.request, each.request),
            words["follow_ups"].get(each.follow_up, each.follow_up), each.told.replace("\n", " "),
        )  # fmt: skip
        writer.writerow([_plain(cell) for cell in line])
    return text.getvalue().encode("utf-8-sig")


def _plain(cell: object) -> object:
    """A text that a spreadsheet would take for a formula is led by an apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t")) else cell
