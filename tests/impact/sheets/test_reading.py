"""Files of all sorts, good, odd and trapped."""

import io
import time
import zipfile

import pytest
from openpyxl import Workbook

from impact.exceptions import Refused
from impact.sheets.reading import Sheets, decode, read_sheets, separator_of
from tests.impact.sheets.table import SAMPLES


def archive(**entries: bytes) -> bytes:
    """A zip of these entries."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return stream.getvalue()


def book(cells: dict[str, object]) -> bytes:
    """A workbook of one sheet."""
    made, stream = Workbook(), io.BytesIO()
    for place, value in cells.items():
        made.worksheets[0][place] = value
    made.save(stream)
    return stream.getvalue()


def only(sheets: Sheets) -> list[list[object]]:
    """The rows of the only sheet."""
    assert len(sheets) == 1
    return [list(row) for row in sheets[0][1]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_texts_are_read_whatever_their_encoding_and_separator(encoding: str, separator: str) -> None:
    lines = ["Nom|Prénom|Heures", "Éclat|Zoé|12.5", "Sœur|Aïcha|7"]
    content = "\r\n".join(lines).replace("|", separator).encode(encoding)
    assert only(read_sheets(content)) == [["Nom", "Prénom", "Heures"], ["Éclat", "Zoé", "12.5"], ["Sœur", "Aïcha", "7"]]


def test_one_column_and_decimal_commas_do_not_mislead() -> None:
    assert only(read_sheets("Nom\nÉclat\nSœur\n".encode())) == [["Nom"], ["Éclat"], ["Sœur"]]
    assert separator_of("Nom;Heures\nA;12,5\nB;7,25\n") == ";"


def test_the_name_of_a_file_says_nothing_its_content_does() -> None:
    assert [name for name, _ in read_sheets((SAMPLES / "suivi.ods").read_bytes())] == ["Suivi", "Listes"]


def test_a_formula_is_read_as_a_text_or_as_its_value() -> None:
    assert only(read_sheets(b"Nom;Note\nA;=1+1\nB;'-2+3\n"))[1:] == [["A", "=1+1"], ["B", "-2+3"]]
    assert only(read_sheets(book({"A1": "Nom", "A2": "A", "B2": "=1+1"})))[1][0] == "A"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \r\n \t",
        b"MZ\x90\x00" + bytes(500),
        b"Nom;Pr\x00nom\nA;B\n",
        b"%PDF-1.7\x00\x01\x02\x03\x04\x05\x06",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000),
        b"PK\x03\x04" + bytes(100),
        archive(readme_dot_txt=b"nothing"),
        archive(**{"xl/workbook.xml": b"<workbook/>", "../../x": b""}),
        archive(**{"xl/workbook.xml": b"<workbook/>", "xl/vbaProject.bin": b"Sub"}),
        archive(**{"xl/workbook.xml": b"<workbook/>", **{f"e{rank}": b"" for rank in range(2_500)}}),
    ],
)
def test_what_is_no_table_or_hides_something_is_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        read_sheets(content)


def test_macros_are_named_in_the_refusal() -> None:
    with pytest.raises(Refused, match="macros"):
        read_sheets(archive(**{"xl/workbook.xml": b"<workbook/>", "xl/vbaProject.bin": b"Sub"}))


def test_a_link_inside_an_archive_is_refused() -> None:
    entry = zipfile.ZipInfo("xl/workbook.xml")
    entry.external_attr = 0o120777 << 16
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr(entry, "/etc/passwd")
    with pytest.raises(Refused):
        read_sheets(stream.getvalue())


def test_bombs_are_refused_at_once() -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d" t="n"><v>1</v></c></row>' % (rank, rank) for rank in range(1, 30_000))
    many = archive(**{"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b"<sheetData>" + rows})
    heavy = archive(**{"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b"0" * 100_000_000})
    for content in (many, heavy):
        before = time.perf_counter()
        with pytest.raises(Refused, match="trop grand"):
            read_sheets(content)
        assert time.perf_counter() - before < 10


@pytest.mark.parametrize("place", ["XFD1048576", "A1048576", "XFD1"])
def test_one_cell_far_away_does_not_fill_the_memory(place: str) -> None:
    with pytest.raises(Refused):
        read_sheets(book({"A1": "Nom", place: "loin"}))


def test_a_wide_table_and_a_heavy_file_are_refused() -> None:
    with pytest.raises(Refused, match="trop grand"):
        read_sheets(b";".join([b"a"] * 300))
    with pytest.raises(Refused, match="trop lourd"):
        read_sheets(b"a;b\n" * 6_000_000)


def test_undecodable_bytes_do_not_stop_reading() -> None:
    assert decode(b"\x81\xe9").endswith("é")
