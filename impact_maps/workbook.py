"""The chain and the tree as one spreadsheet, and back: what is written is what is read.

A cell holds text, a day or a rank, never a formula. « Repère » names a box: one that the chain knows changes it,
another is a new box. Sheets and columns are found by their names; those that nobody knows are left alone.
"""

import io
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TypeVar

import python_calamine
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from impact.exceptions import Refused
from impact.forms import read_date
from impact.sheets.reading import check_archive
from impact.vocabulary import Term
from impact.wording import clean_text, fold, french
from impact_maps.measures import key_of, parts_of
from impact_maps.records import Assumption, Box, BoxContent, Chain, Link, Measure, TreeLine
from impact_maps.rules import LONGEST_LABEL, MOST_BOXES, check_link, right_assumption, right_content, right_line
from impact_maps.vocabulary import ImpactState, LinkState, Public, Stage, Target

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAVIEST, MOST_ROWS = 1_000_000, 2_000
NOT_ONE = "Ce fichier n’est pas un classeur XLSX : enregistrez-le depuis votre tableur au format « Classeur Excel »."
FIGURE = "Chiffre"
MAP, BOXES, LINKS, TREE = "Carte", "Éléments", "Liens", "Arbre"
_COLUMNS = {
    MAP: ("Titre",),
    BOXES: ("Repère", "Colonne", "Libellé", "Pour qui", "Indicateur", "Place", FIGURE),
    LINKS: (
        "De",
        "Vers",
        "De, en mots",
        "Vers, en mots",
        "Hypothèse",
        "État",
        "Observé le",
        "Ce qui a été observé",
        "Ce que nous en faisons",
    ),
    TREE: ("Pour qui", "Objectif", "Impact", "État", "Observé le", "Ce qui a été observé", "Indicateur", FIGURE),
}
# Written for the reader, left alone when a file comes back.
_READ_ONLY = ("De, en mots", "Vers, en mots", FIGURE)
_WIDTHS = {
    FIGURE: 40,
    "Libellé": 40,
    "Hypothèse": 40,
    "Objectif": 35,
    "Impact": 40,
    "Ce qui a été observé": 40,
    "Colonne": 30,
}
Row = dict[str, str]
Measures = Mapping[int, Measure]
_NO_MEASURE: Measures = {}
_T = TypeVar("_T", bound=Term)
_R = TypeVar("_R")


@dataclass(frozen=True)
class RowError:
    """What is wrong on one line of one sheet, and what to write instead."""

    sheet: str
    row: int
    message: str


@dataclass
class Staged:
    """What a file would make of the maps; `tree` is None when the file has no such sheet."""

    chain: Chain
    tree: list[TreeLine] | None
    errors: list[RowError] = field(default_factory=list)


def write_workbook(
    chain: Chain | None, tree: Sequence[TreeLine], measures: Measures = _NO_MEASURE, seen: Measures = _NO_MEASURE
) -> bytes:
    """The XLSX file; `measures` say what hangs on each box, `seen` on each impact of the tree, by their ids."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _sheet(book, MAP, [[chain.title if chain else ""]])
    _sheet(book, BOXES, [_box_cells(box, measures.get(box.id)) for box in chain.boxes] if chain else [])
    _sheet(book, LINKS, [_link_cells(chain, link) for link in chain.links] if chain else [])
    _sheet(book, TREE, [_line_cells(line, seen.get(line.id)) for line in tree])
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def read_workbook(
    content: bytes, now: Chain, figures: Collection[str], today: date, member_id: int | None = None
) -> Staged:
    """What the file says, with every error by line; raises Refused when it is not a workbook of maps.

    `figures` are the keys that may hang on a box; `member_id` says what is newly observed.
    """
    sheets = _open(content)
    if BOXES not in sheets:
        raise Refused(f"Ce classeur n’a pas de feuille « {BOXES} » : partez du fichier que cette page exporte.", "file")
    errors: list[RowError] = []
    titles = [line.words("Titre", LONGEST_LABEL) for line in _lines(sheets.get(MAP, []), MAP, errors)]
    boxes, keys = _read_boxes(sheets[BOXES], now, figures, errors)
    chain = replace(now, title=next(filter(None, titles), now.title), boxes=boxes, links=(), assumptions={})
    chain = _read_links(sheets.get(LINKS, []), chain, now, keys, today, member_id, errors)
    tree = _read_tree(sheets[TREE], figures, today, errors) if TREE in sheets else None
    return Staged(chain, tree, sorted(errors, key=lambda error: (list(_COLUMNS).index(error.sheet), error.row)))


def _sheet(book: Workbook, name: str, rows: Sequence[Sequence[str | int | date]]) -> None:
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for column, title in enumerate(_COLUMNS[name], start=1):
        cell = sheet.cell(1, column, title)
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = _WIDTHS.get(title, 18)
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # even when it begins with an equals sign
            elif isinstance(value, date):
                cell.number_format = "DD/MM/YYYY"


def _box_cells(box: Box, measure: Measure | None) -> list[str | int | date]:
    content = box.content
    target = content.target.label if content.target else ""
    return [
        box.id,
        content.stage.label,
        content.label,
        target,
        key_of(content.indicator, content.category),
        box.position,
        measure.words if measure else "",
    ]


def _link_cells(chain: Chain, link: Link) -> list[str | int | date]:
    words = {box.id: box.content.words for box in chain.boxes}
    said = chain.assumption(link.source, link.target)
    return [
        link.source,
        link.target,
        words[link.source],
        words[link.target],
        said.words,
        said.state.label,
        said.assessed_on or "",
        said.evidence,
        said.answer,
    ]


def _line_cells(line: TreeLine, measure: Measure | None) -> list[str | int | date]:
    return [
        line.public.label,
        line.objective,
        line.words,
        line.state.label,
        line.observed_on or "",
        line.evidence,
        key_of(line.indicator, line.category),
        measure.words if measure else "",
    ]


def _open(content: bytes) -> dict[str, list[tuple[int, Row]]]:
    """The rows of each known sheet by column name, with their numbers."""
    if len(content) > HEAVIEST:
        raise Refused("Ce fichier dépasse 1 Mo : une carte en fait bien moins.", "file")
    if not content.startswith(b"PK"):
        raise Refused(NOT_ONE, "file")
    check_archive(content, NOT_ONE)
    try:
        book = python_calamine.load_workbook(io.BytesIO(content))
        return {name: _rows(book.get_sheet_by_name(name), name) for name in book.sheet_names if name in _COLUMNS}
    except python_calamine.CalamineError as error:
        raise Refused(NOT_ONE, "file") from error


def _rows(sheet: python_calamine.CalamineSheet, name: str) -> list[tuple[int, Row]]:
    cells = sheet.to_python(skip_empty_area=False)
    if len(cells) > MOST_ROWS:
        raise Refused(f"La feuille « {name} » dépasse {MOST_ROWS} lignes.", "file")
    titles = [_text(cell) for cell in cells[0]] if cells else []
    missing = [title for title in _COLUMNS[name] if title not in titles and title not in _READ_ONLY]
    if missing:
        raise Refused(french(f"La feuille « {name} » n’a pas de colonne « {missing[0]} »."), "file")
    rows = [(number, dict(zip(titles, map(_text, row), strict=False))) for number, row in enumerate(cells[1:], start=2)]
    return [(number, row) for number, row in rows if any(row.values())]


def _text(cell: object) -> str:
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return clean_text(str(cell))


class _Line:
    """One line being read: its errors are noted under its number, and the reading goes on."""

    def __init__(self, sheet: str, number: int, row: Row, errors: list[RowError]) -> None:
        self.sheet, self.number, self.row, self.errors = sheet, number, row, errors

    def wrong(self, message: str) -> None:
        self.errors.append(RowError(self.sheet, self.number, french(message)))

    def words(self, column: str, longest: int, needed: bool = False) -> str:
        text = self.row.get(column, "")
        if needed and not text:
            self.wrong(f"« {column} » est vide.")
        if len(text) > longest:
            self.wrong(f"« {column} » compte {len(text)} caractères : {longest} au plus.")
        return text[:longest]

    def term(self, column: str, terms: type[_T]) -> _T | None:
        text = self.row.get(column, "")
        for term in terms:
            if fold(term.label) == fold(text):
                return term
        if text:
            known = ", ".join(term.label for term in terms)
            self.wrong(f"« {column} » vaut « {text[:60]} » : écrivez {known}.")
        return None

    def day(self, column: str) -> date | None:
        text = self.row.get(column, "")
        try:
            return read_date(text) if text else None
        except ValueError as error:
            self.wrong(f"« {column} » : {error}")
            return None

    def figure(self, known: Collection[str]) -> tuple[str, str]:
        text = self.row.get("Indicateur", "")
        if text and text not in known:
            self.wrong(f"L’indicateur « {text} » n’est pas connu ici.")
            return "", ""
        return parts_of(text)

    def right(self, rule: Callable[..., _R], *values: object) -> _R | None:
        """What the rule makes of the values, None when it refuses them: the refusal is noted."""
        try:
            return rule(*values)
        except Refused as refusal:
            self.wrong(str(refusal))
            return None


def _lines(rows: Sequence[tuple[int, Row]], sheet: str, errors: list[RowError]) -> Iterator[_Line]:
    for number, row in rows:
        yield _Line(sheet, number, row, errors)


def _read_boxes(
    rows: Sequence[tuple[int, Row]], now: Chain, figures: Collection[str], errors: list[RowError]
) -> tuple[tuple[Box, ...], dict[str, int]]:
    known = {str(box.id): box.id for box in now.boxes}
    keys: dict[str, int] = {}
    boxes: list[Box] = []
    carried = {key_of(box.content.indicator, box.content.category) for box in now.boxes}
    for line in _lines(rows, BOXES, errors):
        key = line.words("Repère", 40) or f"ligne {line.number}"
        if key in keys:
            line.wrong(f"Le repère « {key} » est déjà pris plus haut.")
            continue
        stage, target = line.term("Colonne", Stage), line.term("Pour qui", Target)
        if stage is None:
            if not line.row.get("Colonne"):
                line.wrong("« Colonne » est vide.")
            continue
        label = line.words("Libellé", LONGEST_LABEL, needed=True)
        content = BoxContent(stage, label, target, *line.figure({*figures, *carried}))
        place = line.row.get("Place", "")
        if place and not (place.isascii() and place.isdecimal() and len(place) < 7):
            line.wrong("« Place » est un nombre entier, ou reste vide.")
            place = ""
        right = line.right(right_content, content)
        if right is not None and right != content:
            line.wrong("« Pour qui » se remplit pour un effet ou l’impact visé seulement.")
        keys[key] = known.get(key, -len(boxes) - 1)
        boxes.append(Box(keys[key], content, int(place) if place else 100_000 + line.number, None, 0))
    if len(boxes) > MOST_BOXES:
        errors.append(
            RowError(BOXES, len(boxes) + 1, f"{len(boxes)} éléments : une carte se lit jusqu’à {MOST_BOXES}.")
        )
    return tuple(sorted(boxes, key=lambda box: (box.content.stage.column, box.position))), keys


def _read_links(
    rows: Sequence[tuple[int, Row]],
    chain: Chain,
    now: Chain,
    keys: dict[str, int],
    today: date,
    member_id: int | None,
    errors: list[RowError],
) -> Chain:
    said: dict[Link, Assumption] = {}
    for line in _lines(rows, LINKS, errors):
        ends = [line.row.get(column, "") for column in ("De", "Vers")]
        if missing := [end for end in ends if end not in keys]:
            line.wrong(f"Le repère « {missing[0]} » n’est dans aucune ligne de la feuille « {BOXES} ».")
            continue
        link = Link(keys[ends[0]], keys[ends[1]])
        if line.right(_checked, replace(chain, links=tuple(said)), link) is None:
            continue
        assumption = Assumption(
            line.words("Hypothèse", 500),
            line.term("État", LinkState) or LinkState.UNTESTED,
            line.day("Observé le"),
            line.words("Ce qui a été observé", 2_000),
            line.words("Ce que nous en faisons", 2_000),
        )
        right = line.right(right_assumption, assumption, today)
        if right is not None:
            said[link] = _signed(right, now.assumptions.get(link), member_id)
    return replace(chain, links=tuple(sorted(said)), assumptions=said)


def _checked(chain: Chain, link: Link) -> Link:
    check_link(chain, link)
    return link


def _signed(read: Assumption, known: Assumption | None, member_id: int | None) -> Assumption:
    """What is said as before keeps its author; what is newly observed is said by this member."""
    if known and replace(known, assessed_by=None, version=read.version) == read:
        return replace(read, assessed_by=known.assessed_by)
    return replace(read, assessed_by=member_id if read.assessed_on else None)


def _read_tree(
    rows: Sequence[tuple[int, Row]], figures: Collection[str], today: date, errors: list[RowError]
) -> list[TreeLine]:
    found: dict[tuple[Public, str, str], TreeLine] = {}
    for line in _lines(rows, TREE, errors):
        public = line.term("Pour qui", Public)
        read = TreeLine(
            public or Public.CHILDREN,
            line.words("Objectif", LONGEST_LABEL, needed=True),
            line.words("Impact", LONGEST_LABEL, needed=True),
            line.term("État", ImpactState) or ImpactState.OBSERVABLE,
            line.day("Observé le"),
            line.words("Ce qui a été observé", 2_000),
            *line.figure(figures),
        )
        if public is None:
            if not line.row.get("Pour qui"):
                line.wrong("« Pour qui » est vide.")
        elif (read.public, read.objective, read.words) in found:
            line.wrong("Cet impact est déjà écrit plus haut, sous le même objectif.")
        elif (right := line.right(right_line, read, today)) is not None:
            found[read.public, read.objective, read.words] = right
    return list(found.values())
