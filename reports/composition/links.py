"""The chapter that draws the links between organisations."""

from impact.wording import french, plural
from reports.composition.context import Context
from reports.composition.document import Chapter, Figure, Table
from reports.composition.words import Estimates

_HEADER = ("Structure", "Liens existants", "dont confirmés", "Liens à créer")


def chapters(context: Context, estimates: Estimates) -> list[Chapter]:
    """One chapter when a link was declared, none otherwise."""
    rows = context.links.rows
    if not context.links.svg or not any(existing + wanted for _, existing, _, wanted in rows):
        return []
    finding = french(_finding(rows))
    first = max(rows, key=lambda row: row[1])
    figure = Figure(
        title=finding.rstrip("."),
        subtitle="Trait épais : lien confirmé par les deux structures ; trait fin : dit par l’une ; tirets : à créer.",
        svg=context.links.svg,
        reading=french(f"{first[0]} a {plural(first[1], 'lien existant', 'liens existants')}."),
        scope=french(plural(len(rows), "structure")),
        source="liens déclarés par les structures",
        table=Table(_HEADER, tuple((french(name), *(str(count) for count in counts)) for name, *counts in rows)),
    )
    title = "Le schéma des liens"
    return [Chapter("reseau", title, title, finding.rstrip("."), "", (figure,), landscape=True)]


def _finding(rows: tuple[tuple[str, int, int, int], ...]) -> str:
    existing = sum(row[1] for row in rows) // 2
    alone = sum(not row[1] for row in rows)
    said = f"{plural(existing, 'lien existe', 'liens existent')} entre {plural(len(rows), 'structure')}"
    if not alone:
        return f"{said} ; chacune en a au moins un."
    return f"{said} ; {plural(alone, 'structure n’en a aucun', 'structures n’en ont aucun')}."
