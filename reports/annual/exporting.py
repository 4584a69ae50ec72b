"""The survey in one file, for any spreadsheet: every figure with its base and its definition."""

import csv
import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from impact.wording import french
from reports.annual.definitions import DEFINITIONS, words_of
from reports.annual.presenting import Labels, label_of
from reports.annual.records import Frame, SurveyFigure
from reports.annual.vocabulary import Carrier

HEADER = ("Partie", "Chiffre", "Catégorie", "Date", "Valeur", "Unité", "Base", "Inconnus", "Définition", "Code")
_WIDTHS = (30, 44, 34, 12, 14, 14, 10, 10, 90, 28)
Cell = str | float | int | None


def rows(figures: Sequence[SurveyFigure], frame: Frame, labels: Labels) -> list[tuple[Cell, ...]]:
    """One row per figure, in the order of the page."""
    return [_row(figure, frame, labels) for figure in figures]


def as_csv(figures: Sequence[SurveyFigure], frame: Frame, labels: Labels) -> bytes:
    """Semicolons, decimal commas and a byte-order mark; no cell is read as a formula."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows([_written(cell) for cell in row] for row in rows(figures, frame, labels))
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(figures: Sequence[SurveyFigure], frame: Frame, labels: Labels) -> bytes:
    """A sheet of figures, numbers kept as numbers and texts as texts."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Enquête annuelle"
    sheet.append(HEADER)
    for row in rows(figures, frame, labels):
        sheet.append(row)
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            if isinstance(cell.value, str):
                cell.data_type = "s"
        cells[8].alignment = Alignment(wrap_text=True, vertical="top")
    for place, width in enumerate(_WIDTHS):
        sheet.cell(row=1, column=place + 1).font = Font(bold=True)
        sheet.column_dimensions["ABCDEFGHIJ"[place]].width = width
    sheet.freeze_panes = "A2"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _row(figure: SurveyFigure, frame: Frame, labels: Labels) -> tuple[Cell, ...]:
    definition = DEFINITIONS[figure.code]
    value: Cell = Carrier(figure.category).label if figure.code == "carrier" else figure.value
    if isinstance(value, float):
        value = int(value) if value.is_integer() else round(value, 4)
    return (
        definition.group.label,
        french(definition.title),
        label_of(figure, labels) if definition.labels else "",
        figure.day.isoformat() if figure.day else "",
        value,
        definition.unit,
        figure.base,
        figure.missing or None,
        words_of(definition, frame.options),
        f"{figure.code}/{figure.category}" if figure.category else figure.code,
    )


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
    return str(cell).replace(".", ",")
