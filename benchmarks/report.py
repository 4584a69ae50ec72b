"""How fast a report is printed: seconds, seconds per page, and the ratio to WeasyPrint alone on the same HTML.

Run with the project's Python: `.venv/bin/python benchmarks/report.py`. The report is that of the demonstration's PRE: about
33 pages, with its first 15 charts and the others as tables. The ratio is kept at or under 1.2; the ratio to headless Chromium, which makes
neither PDF/A nor tags of the same depth, is an aim (1.5) and is only printed. No network is used.
"""

import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import weasyprint

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import app as assembly  # noqa: E402
from impact.communities.storage import get_community  # noqa: E402
from impact.demo import PRE  # noqa: E402
from impact.instance import Instance  # noqa: E402
from impact.laying_out import HouseFetcher, lay_out  # noqa: E402
from impact.periods import last_complete_school_year, local_today  # noqa: E402
from impact.printing import REPORT_LIMITS, STATIC, Attachment, print_document  # noqa: E402
from impact.vocabulary import Audience  # noqa: E402
from reports.composition.document import Chapter, Document, WordTable  # noqa: E402
from reports.issuing import DATA_FILE, TEMPLATES, render, table_csv  # noqa: E402
from reports.vocabulary import ReportKind  # noqa: E402
from reports.writing import Order, write_now  # noqa: E402

CHARTS, REPEATS = 15, 3
KEPT, AIM = 1.2, 1.5
MOMENT = datetime(2026, 11, 20, 12, tzinfo=UTC)
PRINT = TEMPLATES / "print"


def _report(folder: Path) -> tuple[str, Attachment]:
    if assembly.main(["demo", "--instance", str(folder / "instance")]):
        raise SystemExit("The demonstration could not be made.")
    db = Instance(folder / "instance", assembly.schema()).community(PRE)
    period = last_complete_school_year(local_today())
    order = Order(ReportKind.ANNUAL, get_community(db).kind, Audience.FUNDER, period, "benchmark")
    written = write_now(db, order, MOMENT)
    db.close()
    table = table_csv(written.estimates, period, Audience.FUNDER)
    return render(_with_charts(written.document)), Attachment(DATA_FILE, table, "Tous les chiffres")


def _with_charts(document: Document) -> Document:
    """Every chapter, with the first 15 charts; the figures that follow keep their numbers, as tables."""
    kept: list[Chapter] = []
    left = CHARTS
    for chapter in document.chapters:
        drawn, listed = chapter.figures[:left], chapter.figures[left:]
        tables = tuple(WordTable(each.title, each.table) for each in listed if each.table)
        kept.append(replace(chapter, figures=drawn, tables=chapter.tables + tables))
        left -= len(drawn)
    return replace(document, chapters=tuple(kept))


def _weasyprint_alone(html: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        weasyprint.HTML(string=html, url_fetcher=HouseFetcher([PRINT, STATIC])).write_pdf(pdf_variant="pdf/a-3a")


def _chromium(page: Path, out: Path) -> None:
    command = ["/usr/bin/chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    subprocess.run([*command, f"--print-to-pdf={out}", page.as_uri()], check=True, capture_output=True, timeout=120)


def _laid_for_chromium(html: str, folder: Path) -> Path:
    """The same HTML with its style sheets and fonts beside it, since Chromium does not know our scheme."""
    for source in (STATIC, PRINT):
        shutil.copytree(source, folder / "files", dirs_exist_ok=True)
    for sheet in (folder / "files").glob("*.css"):
        sheet.write_text(sheet.read_text(encoding="utf-8").replace("impact:", ""), encoding="utf-8")
    page = folder / "files" / "report.html"
    page.write_text(html.replace("impact:", ""), encoding="utf-8")
    return page


def _seconds(work: Callable[[], object]) -> tuple[float, float]:
    """On the clock, and of this process's processor: the second alone is steady on a machine that does other things."""
    begun, used = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - begun, time.process_time() - used


def main() -> int:
    """Prints the measures; 1 when the ratio to WeasyPrint alone is above its limit."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        html, attachment = _report(folder)
        printed = lay_out(html, attachments=[attachment], base=PRINT, moment=MOMENT)
        page, out = _laid_for_chromium(html, folder), folder / "chromium.pdf"
        works: dict[str, Callable[[], object]] = {
            "product": lambda: lay_out(html, attachments=[attachment], base=PRINT, moment=MOMENT),
            "WeasyPrint alone": lambda: _weasyprint_alone(html),
        }
        works["product, its process started"] = lambda: print_document(
            html, attachments=[attachment], base=PRINT, moment=MOMENT, limits=REPORT_LIMITS
        )
        if Path("/usr/bin/chromium").exists():
            works["Chromium"] = lambda: _chromium(page, out)
        # One after the other, so that whatever else the machine does weighs on each alike.
        rounds = [{each: _seconds(work) for each, work in works.items()} for _ in range(REPEATS)]
    best = {each: min(done[each][0] for done in rounds) for each in works}
    used = {each: min(done[each][1] for done in rounds) for each in works}
    print(f"{printed.pages} pages, {html.count('<figure>')} charts, {len(printed.content) / 1000:.0f} kB")
    for each, seconds in best.items():
        print(f"{each}: {seconds:.2f} s, {seconds / printed.pages:.3f} s a page")
    ratio = used["product"] / used["WeasyPrint alone"]
    print(f"product / WeasyPrint alone, processor time: {ratio:.2f} (kept at or under {KEPT})")
    if "Chromium" in best:
        print(f"product / Chromium: {best['product'] / best['Chromium']:.2f} (an aim: {AIM})")
    return int(ratio > KEPT)


if __name__ == "__main__":
    sys.exit(main())
