"""Estimates → the figures that several chapters share: a bar per category, with its table and one value read aloud."""

from collections.abc import Mapping, Sequence

from impact.wording import french, join_words, number
from impact_maps.indicators import CATALOGUE
from reports.charts import Bar, bars
from reports.composition import national
from reports.composition.document import Figure, Table
from reports.composition.words import MASKED, base_text, sentence, table_row, value_text
from reports.disclosure import JOINT
from reports.records import REVERSED, Estimate

COUNT, VALUE = 1, 3
# Names that a title has room for.
MOST_TIED = 3
HEADER = ("", "Nombre", "Base", "Valeur", "Marge d’incertitude")


def share_figure(
    rows: Sequence[Estimate],
    title: str,
    *,
    ordinal: bool = False,
    marks: Mapping[str, float] | None = None,
    marks_name: str = "",
    subtitle: str = "",
    scope: str = "",
) -> Figure:
    """Bars of the parts of one group; `marks` are the national shares by category, drawn as ticks."""
    indicator = CATALOGUE[rows[0].code]
    marks = marks or {}
    said = subtitle or f"{indicator.numerator.capitalize()}, parmi : {indicator.denominator}."
    drawn = [_bar(row, _mark(row, marks)) for row in rows]
    return Figure(
        title=french(title),
        subtitle=french(said + " Trait noir : France, 2021." if marks else said),
        svg=bars(
            spoken(indicator.title, rows),
            drawn,
            heading="n",
            mark_heading=marks_name if marks else "",
            ordinal=ordinal,
        ),
        reading=first_reading(rows),
        scope=french(scope) or base_text(rows),
        source=french(f"{indicator.source} ; {national.SOURCE}") if marks else indicator.source,
        table=table_of(rows),
    )


def table_of(rows: Sequence[Estimate]) -> Table:
    """The numbers of a figure; the columns that would be empty everywhere are left out."""
    lines = [table_row(row) for row in rows]
    filled = [place for place in range(len(HEADER)) if any(line[place] not in ("", "–") for line in lines)]
    # A plain count is its own value.
    repeated = {VALUE} if all(line[VALUE] == line[COUNT] for line in lines) else set()
    kept = [0, *(place for place in filled if place and place not in repeated)]
    return Table(
        tuple(HEADER[place] for place in kept), tuple(tuple(line[place] or "–" for place in kept) for line in lines)
    )


def first_reading(rows: Sequence[Estimate]) -> str:
    """The largest known value, read aloud."""
    known = [row for row in rows if row.value is not None]
    return sentence(max(known, key=_rank)) if known else ""


def spoken(title: str, rows: Sequence[Estimate]) -> str:
    """What the drawing says to who does not see it."""
    return french(f"{title}. " + " ; ".join(f"{row.label} : {value_text(row)}" for row in rows) + ".")


def largest(rows: Sequence[Estimate]) -> Estimate | None:
    """The category with the highest known value."""
    known = [row for row in rows if row.value]
    return max(known, key=_rank) if known else None


def _rank(row: Estimate) -> tuple[float, bool]:
    """By value; of two that are as high, a reversed sentence is the harder to read."""
    return row.value or 0, not row.label.endswith(REVERSED)


def first_named(rows: Sequence[Estimate], one: str, several: str, otherwise: str) -> str:
    """The title that names the highest category, or two that are as high; `otherwise` when there is none, or more."""
    top = largest(rows)
    tied = [row.label for row in rows if top is not None and row.value == top.value]
    if len(tied) == 1:
        return f"{tied[0]} : {one}"
    return f"{tied[0]} et {tied[1][:1].lower()}{tied[1][1:]} : {several}" if len(tied) == 2 else otherwise


def first_of(rows: Sequence[Estimate], noun: str) -> str:
    """« Association : 19 des 33 personnes »; those that are as high are named together, or counted beyond three."""
    top = largest(rows)
    if top is None:
        return ""
    tied = [row.label for row in rows if row.value == top.value]
    held = f"{number(top.numerator)} des {number(top.denominator)} {noun}"
    if len(tied) == 1:
        return f"{top.label} : {held}"
    names = [tied[0], *(f"{label[:1].lower()}{label[1:]}" for label in tied[1:])]
    said = join_words(names) if len(tied) <= MOST_TIED else f"{number(len(tied))} catégories"
    return f"{said} à égalité : {held} à chaque fois"


def _mark(row: Estimate, marks: Mapping[str, float]) -> float | None:
    """The comparison of a category, or the sum of those that were merged into it."""
    parts = row.category.split(JOINT)
    return sum(marks[part] for part in parts) if all(part in marks for part in parts) else None


def _bar(row: Estimate, mark: float | None) -> Bar:
    count = MASKED if row.masked else number(row.numerator)
    length = row.value if row.value is not None else None
    marked = mark if length is not None else None
    mark_text = "" if mark is None else f"{number(mark * 100, 1)} %"
    return Bar(french(row.label), length, value_text(row), count, marked, french(mark_text))
