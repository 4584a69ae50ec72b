"""The layout of a document, here and now: the only module that imports WeasyPrint, and the child of `impact.printing`.

Nothing is fetched from outside: a document reaches the product's own style sheets and fonts by `impact:` addresses, and
pictures written in the page itself.
"""

import base64
import gc
import io
import json
import logging
import mimetypes
import os
import resource
import sys
import warnings
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import weasyprint
from weasyprint.urls import URLFetcher, URLFetcherResponse

from impact.printing import NOT_PRINTED, OUT_OF_MEMORY, STATIC, Anchor, Attachment, Printed, PrintingFailed

SERVED = frozenset({".css", ".png", ".svg", ".ttf"})

_SCHEME = "impact:"
_PDFUA = b"""\
<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about=""><pdfuaid:part>1</pdfuaid:part>\
</rdf:Description><rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>part</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


class HouseFetcher(URLFetcher):  # type: ignore[misc]
    """Refuses every address but `impact:<file>`, looked up in the given folders, and pictures written as `data:`."""

    def __init__(self, folders: Sequence[Path]) -> None:
        super().__init__(allowed_protocols=frozenset({"data"}), allow_redirects=False)
        self._folders = [folder.resolve() for folder in folders]

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The response, or ValueError, which WeasyPrint turns into a missing picture or style sheet."""
        if url[:11].lower() == "data:image/":
            return super().fetch(url, headers)
        if url.startswith(_SCHEME):
            path = self._find(url.removeprefix(_SCHEME))
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})
        raise ValueError("address refused")

    def _find(self, name: str) -> Path:
        for folder in self._folders:
            path = (folder / name).resolve()
            if path.is_relative_to(folder) and path.suffix in SERVED and path.is_file():
                return path
        raise ValueError("file refused")


def lay_out(
    html: str,
    *,
    attachments: Sequence[Attachment] = (),
    base: Path = STATIC,
    moment: datetime,
    progress: Callable[[int], None] | None = None,
) -> Printed:
    """Print in this process a document that the product wrote itself; the same input gives the same bytes.

    `html` needs a language and a title, and names its style sheets `impact:<file>`, looked up in `base`, then in the
    common static folder (`impact:fonts/…`). `moment` (with its time zone) dates the document and its attachments.
    `progress` receives the number of each page as it is laid out.
    """
    with _telling_pages(progress), _collecting_nothing(), warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves its own colour profile open
        source = weasyprint.HTML(string=html, url_fetcher=HouseFetcher([base, STATIC]))
        document = source.render(pdf_variant="pdf/a-3a")
        document.metadata.created = document.metadata.modified = f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        document.metadata.attachments = []
        raw = document.write_pdf(
            pdf_variant="pdf/a-3a", attachments=[_weasyprint_attachment(each, moment) for each in attachments]
        )
    anchors = {
        name: Anchor(number, *map(float, box))
        for number, page in enumerate(document.pages)
        for name, box in page.anchors.items()
    }
    return Printed(_declare_accessible(raw), len(document.pages), anchors)


def _weasyprint_attachment(attachment: Attachment, moment: datetime) -> weasyprint.Attachment:
    return weasyprint.Attachment(
        file_obj=io.BytesIO(attachment.content),
        name=attachment.name,
        description=attachment.description,
        relationship="Source",
        created=moment,
        modified=moment,
    )


def _declare_accessible(raw: bytes) -> bytes:
    """Add what PDF/UA-1 asks to a PDF/A-3a; rewriting also leaves the metadata uncompressed, as PDF/A asks."""
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        metadata = pdf.Root.Metadata
        text = metadata.read_bytes()
        if text.count(b"</rdf:RDF>") != 1:
            raise PrintingFailed(NOT_PRINTED)
        metadata.write(text.replace(b"</rdf:RDF>", _PDFUA + b"</rdf:RDF>"))
        for page in pdf.pages:
            for annotation in page.get("/Annots", []):
                annotation.F = 4  # printable: PDF/A refuses a link that a printer would hide
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream):
                _end_clearly(item)
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        output = io.BytesIO()
        pdf.save(output, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return output.getvalue()


def _end_clearly(stream: pikepdf.Stream) -> None:
    """Compress a stream so that its last byte is no carriage return, which readers may take for the end of a line.

    The last byte is that of the checksum, whatever the level: a byte that no decoder reads follows it.
    """
    plain = "/Filter" not in stream and stream.get("/Type") != "/Metadata"
    doubtful = stream.get("/Filter") == "/FlateDecode" and stream.read_raw_bytes().endswith(b"\r")
    if "/DecodeParms" in stream or not (plain or doubtful):
        return
    compressed = zlib.compress(stream.read_bytes(), 9)
    clear = compressed + b"\0" if compressed.endswith(b"\r") else compressed
    stream.write(clear, filter=pikepdf.Name.FlateDecode)


class _PageTeller(logging.Handler):
    def __init__(self, tell: Callable[[int], None]) -> None:
        super().__init__()
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        if record.args and "Page %d" in str(record.msg) and isinstance(record.args, tuple):
            self._tell(int(str(record.args[0])))


@contextmanager
def _telling_pages(progress: Callable[[int], None] | None) -> Iterator[None]:
    if progress is None:
        yield
        return
    logger, handler = logging.getLogger("weasyprint.progress"), _PageTeller(progress)
    level = logger.level
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)


@contextmanager
def _collecting_nothing() -> Iterator[None]:
    """WeasyPrint drops next to nothing before its end: looking for cycles takes a quarter of its time, for 2 % of memory."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _say_page(number: int) -> None:
    print(f"page {number}", file=sys.stderr, flush=True)


def main() -> None:
    """The child process: a JSON specification in, a line of JSON then the PDF out."""
    specification = json.loads(sys.stdin.buffer.read())
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (specification["processor"], specification["processor"] + 1))
    resource.setrlimit(resource.RLIMIT_AS, (specification["memory"], specification["memory"]))
    try:
        printed = lay_out(
            specification["html"],
            attachments=[
                Attachment(name, base64.b64decode(content), description)
                for name, content, description in specification["attachments"]
            ],
            base=Path(specification["base"]),
            moment=datetime.fromisoformat(specification["moment"]),
            progress=_say_page,
        )
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
    anchors = {name: [*vars(anchor).values()] for name, anchor in printed.anchors.items()}
    heading = json.dumps({"pages": printed.pages, "anchors": anchors})
    sys.stdout.buffer.write(heading.encode() + b"\n" + printed.content)
    sys.stdout.buffer.flush()
    # Pango looks for fonts in a thread of its own: libraries that are closed under it would end it, and the print, badly.
    os._exit(0)


if __name__ == "__main__":
    main()
