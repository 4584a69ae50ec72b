"""Experience sheets as chapters: what people wrote, in the order of the eleven headings."""

from impact.wording import french
from reports.composition.context import Context, Experience
from reports.composition.document import Chapter
from reports.composition.words import Estimates


def chapters(context: Context, estimates: Estimates) -> list[Chapter]:
    """One chapter a sheet."""
    return [_chapter(rank, sheet) for rank, sheet in enumerate(context.experiences, 1)]


def _chapter(rank: int, sheet: Experience) -> Chapter:
    return Chapter(
        key=f"fiche-{rank}",
        short="Fiche expérience",
        title=french(sheet.title),
        summary=french(sheet.place.rstrip(".")),
        finding=french(sheet.place),
        texts=tuple((french(heading), _paragraphs(words)) for heading, words in sheet.texts),
    )


def _paragraphs(words: str) -> tuple[str, ...]:
    return tuple(french(line.strip()) for line in words.splitlines() if line.strip())
