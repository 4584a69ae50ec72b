"""What a report takes from the community besides its figures: the links drawn, the experience sheets."""

from impact.communities.storage import list_organisations
from impact.cooperation.picture import printed
from impact.cooperation.rules import pairs
from impact.cooperation.storage import list_links, list_rounds
from impact.db import EncryptedDatabase
from impact.periods import Period
from impact.plans.records import ExperienceSheet
from impact.plans.sheet_storage import list_sheets
from impact.plans.vocabulary import Heading
from impact.wording import join_words
from reports.composition.context import DrawnLinks, Experience


def draw_links(db: EncryptedDatabase, period: Period) -> DrawnLinks:
    """The links of the last round held by the end of the period; nothing to draw without one."""
    held = [known for known in list_rounds(db) if known.held_on <= period.end]
    if not held:
        return DrawnLinks()
    links = list_links(db, max(held, key=lambda known: known.held_on).id)
    organisations, joined = list_organisations(db), pairs(links)
    rows = []
    for known in organisations:
        mine = [link for link in joined if known.id in link.ends]
        existing = [link for link in mine if link.exists]
        confirmed = sum(link.is_confirmed for link in existing)
        rows.append((known.name, len(existing), confirmed, len(mine) - len(existing)))
    return DrawnLinks(printed(organisations, links), tuple(rows))


def tell_experiences(db: EncryptedDatabase) -> tuple[Experience, ...]:
    """Every experience sheet of the community, by title."""
    return tuple(_experience(sheet) for sheet in list_sheets(db))


def _experience(sheet: ExperienceSheet) -> Experience:
    kinds = join_words([kind.label for kind in sheet.actor_kinds])
    place = ". ".join(part for part in (sheet.kind, kinds, sheet.scale.label, sheet.centre) if part)
    texts = tuple((heading.label, sheet.words[heading]) for heading in Heading if sheet.words.get(heading))
    return Experience(sheet.title, f"{place}.", texts)
