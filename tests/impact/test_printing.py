"""Printed documents: archivable and accessible, deaf to the outside, bounded."""

import gc
import io
import socket
import threading
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import page
import pikepdf
import pytest

from impact.laying_out import lay_out
from impact.printing import Attachment, Limits, PrintingFailed, print_document, print_pdf

pytestmark = pytest.mark.pdf

MOMENT = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
FIGURES = Attachment("figures.csv", "catégorie;valeur\n6 à 10 ans;84\n".encode(), "Données des figures")


def render_pdf(html: str, **options: Any) -> bytes:
    """The PDF laid out in this very process."""
    return lay_out(html, **options).content


def document(body: str, head: str = "") -> str:
    return f"""<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Attestation</title>
    <style>@font-face {{ font-family: Impact; src: url(impact:fonts/NotoSans-Regular.ttf) }}
    @font-face {{ font-family: Impact; src: url(impact:fonts/NotoSans-Bold.ttf); font-weight: 700 }}
    body {{ font-family: Impact }} h2 {{ break-before: page }}</style>{head}</head><body>{body}</body></html>"""


ORDINARY = document(
    '<h1>Attestation</h1><p>De 33 à 7 présents, soit −26 : <a href="#suite">lire la suite</a>.</p>'
    '<svg viewBox="0 0 10 10" width="10" height="10" role="img"><title>Un carré</title><rect width="9" height="9"/></svg>'
    '<h2 id="suite">Suite</h2><table><tr><td></td><th scope="col">Présents</th></tr>'
    '<tr><th scope="row">Atelier 1</th><td>33</td></tr></table>'
)


def failures(pdf: bytes, profile: page.ValidationProfile) -> list[tuple[str, str]]:
    return [(each.rule_id, each.message) for each in page.validate_pdf_bytes(pdf, profile=profile).failures]


def test_document_is_archivable_and_accessible() -> None:
    pdf = render_pdf(ORDINARY, attachments=[FIGURES], moment=MOMENT)
    assert failures(pdf, page.ValidationProfile.PDF_UA_1) == []
    assert failures(pdf, page.ValidationProfile.PDF_A_3A) == []


def test_attachment_can_be_read_back() -> None:
    with pikepdf.open(io.BytesIO(render_pdf(ORDINARY, attachments=[FIGURES], moment=MOMENT))) as pdf:
        assert pdf.attachments["figures.csv"].get_file().read_bytes() == FIGURES.content


def test_a_stream_whose_checksum_ends_like_a_line_is_archivable_too() -> None:
    words = b"n" * 6 + b"o" * 100
    last = next(bytes([byte]) for byte in range(256) if zlib.compress(words + bytes([byte])).endswith(b"\r"))
    awkward = Attachment("figures.csv", words + last, "Données des figures")
    pdf = render_pdf(ORDINARY, attachments=[awkward], moment=MOMENT)
    assert failures(pdf, page.ValidationProfile.PDF_A_3A) == []
    with pikepdf.open(io.BytesIO(pdf)) as read:
        assert read.attachments["figures.csv"].get_file().read_bytes() == awkward.content


def test_child_process_gives_the_same_bytes_places_and_pages() -> None:
    seen: list[int] = []
    here = lay_out(ORDINARY, attachments=[FIGURES], moment=MOMENT)
    child = print_document(ORDINARY, attachments=[FIGURES], moment=MOMENT, progress=seen.append)
    assert child == here
    assert child.pages == 2
    assert child.anchors["suite"].page == 1
    assert seen == [1, 2]


def test_printing_collects_no_cycle_and_leaves_the_collector_as_it_was() -> None:
    during: list[bool] = []
    lay_out(ORDINARY, moment=MOMENT, progress=lambda page: during.append(gc.isenabled()))
    assert (set(during), gc.isenabled()) == ({False}, True)


def test_own_style_sheets_are_served_and_nothing_around_them(tmp_path: Path) -> None:
    folder = tmp_path / "print"
    folder.mkdir()
    (folder / "report.css").write_text("@page { size: 400px 400px }", encoding="utf-8")
    (tmp_path / "outside.css").write_text("@page { size: 600px 600px }", encoding="utf-8")
    (folder / "link.css").symlink_to(tmp_path / "outside.css")
    body = document("<p>a</p>", '<link rel="stylesheet" href="impact:report.css">')
    for address in ("impact:../outside.css", "impact:link.css", f"impact:{tmp_path}/outside.css"):
        hostile = body.replace("</head>", f'<link rel="stylesheet" href="{address}"></head>')
        with pikepdf.open(io.BytesIO(render_pdf(hostile, base=folder, moment=MOMENT))) as pdf:
            assert float(pdf.pages[0].mediabox[2]) == pytest.approx(300)


@pytest.fixture
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """A port of this machine that notes every connection."""
    calls: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        stopped = threading.Event()

        def listen() -> None:
            while not stopped.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                with connection:
                    calls.append(connection.recv(2000))

        thread = threading.Thread(target=listen)
        thread.start()
        yield server.getsockname()[1], calls
        stopped.set()
        thread.join()


HOSTILE = (
    '<img src="{url}">',
    '<img srcset="{url} 2x" src="{url}">',
    '<object data="{url}"></object>',
    '<embed src="{url}">',
    '<iframe src="{url}"></iframe>',
    '<video src="{url}" poster="{url}"></video>',
    '<audio src="{url}"></audio>',
    '<input type="image" src="{url}">',
    '<link rel="stylesheet" href="{url}">',
    '<link rel="attachment" href="{url}">',
    '<a rel="attachment" href="{url}">pièce</a>',
    '<style>@import url("{url}");</style>',
    '<style>@font-face {{ font-family: X; src: url("{url}") }} p {{ font-family: X }}</style><p>x</p>',
    '<p style="background: url({url})">x</p>',
    '<ul style="list-style-image: url({url})"><li>x</li></ul>',
    '<p style="border: 9px solid; border-image: url({url}) 9">x</p>',
    "<style>p::before {{ content: url({url}) }}</style><p>x</p>",
    '<svg width="9" height="9"><title>x</title><image href="{url}" width="9" height="9"/></svg>',
    '<svg width="9" height="9"><title>x</title><use href="{url}#a"/></svg>',
    "<img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><image href='{url}'/></svg>\">",
    '<base href="{url}"><img src="relative.png">',
    '<style>@page {{ background: url("{url}") }}</style>',
    '<div style="shape-outside: url({url}); mask-image: url({url})">x</div>',
)


def test_hostile_tags_reach_nobody(listener: tuple[int, list[bytes]]) -> None:
    port, calls = listener
    for tag in HOSTILE:
        render_pdf(document(tag.format(url=f"http://127.0.0.1:{port}/x")), moment=MOMENT)
    with socket.create_connection(("127.0.0.1", port)) as own:
        own.sendall(b"heard")
    deadline = threading.Event()
    while not calls and not deadline.wait(0.05):
        pass
    assert calls == [b"heard"]


@pytest.mark.parametrize("tag", ['<link rel="attachment" href="{url}">', '<a rel="attachment" href="{url}">x</a>'])
def test_local_file_never_enters_the_document(tag: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text("canari-du-fichier", encoding="utf-8")
    pdf = render_pdf(document(f"<p>a</p>{tag.format(url=secret.as_uri())}"), base=tmp_path, moment=MOMENT)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.attachments) == 0
        streams = [item.read_bytes() for item in opened.objects if isinstance(item, pikepdf.Stream)]
    assert not any(b"canari-du-fichier" in stream for stream in streams)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<table><tr><td colspan=1000000>x</td></tr></table>", "trop long"),
        ("<p>" + "mot " * 3_000_000, "trop long"),
        ("<div>" * 900 + "x", "n’a pas abouti"),
        ('<p style="font-size: 1e9px">x</p>', "n’a pas abouti"),
    ],
)
def test_bomb_is_stopped_with_a_plain_message(body: str, message: str) -> None:
    with pytest.raises(PrintingFailed, match=message):
        print_pdf(document(body), moment=MOMENT, limits=Limits(processor=4, clock=30))


def test_memory_is_bounded() -> None:
    long = document("<p>" + "mot " * 60_000)
    with pytest.raises(PrintingFailed):
        print_pdf(long, moment=MOMENT, limits=Limits(memory=150 * 2**20))
    assert print_pdf(long, moment=MOMENT).startswith(b"%PDF-")


def test_clock_is_bounded() -> None:
    with pytest.raises(PrintingFailed, match="trop long"):
        print_pdf(document("<p>" + "mot " * 200_000), moment=MOMENT, limits=Limits(processor=60, clock=1.5))


def test_a_child_that_reads_nothing_in_time_leaves_no_file_open() -> None:
    with pytest.raises(PrintingFailed, match="trop long"):
        print_pdf(document("<p>" + "mot " * 20_000), moment=MOMENT, limits=Limits(clock=0.02))
    gc.collect()
