"""The editable copy of a report, in DOCX: the same tree and the same figures, for those who must paste it elsewhere."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime

import docx
from docx.document import Document as Paper

from impact.wording import french
from reports.composition.document import Callout, Chapter, Document, Figure, KeyFigure, Opinion, Table

_WARNING = (
    "Copie modifiable : seul le fichier PDF fait foi. Un chiffre changé ici ne se retrouvera ni dans le rapport remis"
    " ni dans ses données jointes."
)


def editable_copy(document: Document, moment: datetime) -> bytes:
    """Every text and every table, without the drawings; the same document at the same moment gives the same bytes."""
    paper = docx.Document()
    _describe(paper, document, moment)
    paper.add_heading(french(document.title), 0)
    for line in (document.issuer, document.territory, document.subtitle, document.period, document.stopped):
        if line:
            _say(paper, line)
    _say(paper, _WARNING)
    _key_figures(paper, document)
    for chapter in (*document.chapters, document.limits):
        _chapter(paper, chapter)
    for opinion in document.opinions:
        _opinion(paper, opinion)
    paper.add_heading("Définitions et méthodes", 1)
    for definition in document.definitions:
        paper.add_paragraph(french(definition.term)).runs[0].bold = True
        _say(paper, definition.text)
    return _steady(paper)


def _describe(paper: Paper, document: Document, moment: datetime) -> None:
    about = paper.core_properties
    about.title, about.author, about.comments = document.title, document.author, document.description
    about.language, about.last_modified_by = "fr-FR", document.author
    about.created = about.modified = moment.replace(tzinfo=None, microsecond=0)


def _key_figures(paper: Paper, document: Document) -> None:
    paper.add_heading("Les chiffres clés", 1)
    if document.headline:
        _say(paper, document.headline)
    rows = [_key_row(each) for each in document.key_figures]
    _table(paper, Table(("Ce qui est compté", "Valeur", "Base", "Comparaison", "D’une année à l’autre"), tuple(rows)))
    _say(paper, document.key_note)


def _key_row(each: KeyFigure) -> tuple[str, ...]:
    value = french(f"{each.number} {each.unit}".strip())
    beside = " ".join(part for part in (each.comparison, each.comparison_base) if part)
    return each.what, value, each.base, beside, each.trend_words


def _chapter(paper: Paper, chapter: Chapter) -> None:
    paper.add_heading(french(chapter.title), 1)
    if chapter.finding:
        _say(paper, chapter.finding)
    for figure in chapter.figures:
        _figure(paper, figure)
    for held in chapter.tables:
        paper.add_heading(french(held.title), 2)
        if held.subtitle:
            _say(paper, held.subtitle)
        _table(paper, held.table)
    for heading, lines in chapter.texts:
        paper.add_heading(french(heading), 2)
        for line in lines:
            _say(paper, line)
    for callout in chapter.callouts:
        _callout(paper, callout)


def _figure(paper: Paper, figure: Figure) -> None:
    paper.add_heading(french(figure.title), 2)
    for line in (figure.subtitle, figure.reading):
        if line:
            _say(paper, line)
    if figure.table:
        _table(paper, figure.table)
    if figure.source:
        _say(paper, f"Source : {figure.source}.")


def _callout(paper: Paper, callout: Callout) -> None:
    paper.add_heading(french(callout.title), 2)
    for line in callout.lines:
        _say(paper, line)


def _opinion(paper: Paper, opinion: Opinion) -> None:
    paper.add_heading(french(opinion.title), 2)
    for line in (*opinion.lines, opinion.signature):
        _say(paper, line)


def _say(paper: Paper, text: str) -> None:
    paper.add_paragraph(french(text.replace("**", "")))


def _table(paper: Paper, table: Table) -> None:
    if not table.rows:
        return
    drawn = paper.add_table(rows=1, cols=len(table.header), style="Light Grid Accent 1")
    _fill(drawn.rows[0].cells, table.header)
    for row in table.rows:
        _fill(drawn.add_row().cells, row)


def _fill(cells: Sequence[object], texts: Sequence[str]) -> None:
    for cell, text in zip(cells, texts, strict=True):
        cell.text = french(text)  # type: ignore[attr-defined]


def _steady(paper: Paper) -> bytes:
    """The file without the hour at which it was packed."""
    packed, steady = io.BytesIO(), io.BytesIO()
    paper.save(packed)
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), source.read(name), zipfile.ZIP_DEFLATED)
    return steady.getvalue()
