"""The links of a community as the drawing takes them."""

from collections.abc import Sequence

from markupsafe import Markup

from impact.communities.records import Organisation
from impact.cooperation import drawing
from impact.cooperation.records import Link
from impact.cooperation.rules import pairs
from impact.vocabulary import OrganisationKind
from impact.wording import plural


def picture(organisations: Sequence[Organisation], links: Sequence[Link]) -> Markup:
    """The SVG for the screen: every text in it was escaped by the drawing; each organisation leads to its links."""
    return Markup(drawing.draw(_title(organisations, links), *_parts(organisations, links), target="#structure-"))


def printed(organisations: Sequence[Organisation], links: Sequence[Link]) -> str:
    """The same picture for a report."""
    return drawing.draw(_title(organisations, links), *_parts(organisations, links))


def _title(organisations: Sequence[Organisation], links: Sequence[Link]) -> str:
    joined = pairs(links)
    existing = [link for link in joined if link.exists]
    confirmed = sum(link.is_confirmed for link in existing)
    return (
        f"{plural(len(organisations), 'structure')}, {plural(len(existing), 'lien existant', 'liens existants')}, dont"
        f" {plural(confirmed, 'confirmé')}, {plural(len(joined) - len(existing), 'lien')} à créer. La liste suit."
    )


def _parts(
    organisations: Sequence[Organisation], links: Sequence[Link]
) -> tuple[list[drawing.Node], list[drawing.Edge]]:
    kinds = list(OrganisationKind)
    ordered = sorted(organisations, key=lambda known: kinds.index(known.kind))
    nodes = [drawing.Node(str(known.id), known.name) for known in ordered]
    edges = [
        drawing.Edge(str(link.first_id), str(link.second_id), link.exists, link.is_confirmed) for link in pairs(links)
    ]
    return nodes, edges
