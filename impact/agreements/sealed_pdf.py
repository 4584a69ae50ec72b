"""From an adopted version to its sealed PDF, outside the request."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from impact import wording
from impact.agreements import storage, vote_storage
from impact.agreements.vote_rules import is_over
from impact.audit import SYSTEM
from impact.communities.storage import get_community
from impact.db import EncryptedDatabase
from impact.instance import Instance
from impact.printing import PrintingFailed, print_pdf
from impact.typography import FrenchSpacing, french_filter

SEAL_EDITION = "seal_edition"
TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
_WORDS = ("french", "long_date", "plural", "short_date")


def seal_edition(place: Instance, slug: str, edition_id: int) -> None:
    """Print one version and freeze it; a failure is told on its page, in French."""
    db = place.community(slug)
    try:
        if edition_id in vote_storage.unsealed_ids(db):
            pdf = print_edition(db, edition_id, datetime.now(UTC))
            vote_storage.store_seal(db, SYSTEM, edition_id, pdf, hashlib.sha256(pdf).hexdigest())
    except PrintingFailed as failure:
        vote_storage.fail_seal(db, SYSTEM, edition_id, str(failure))
    finally:
        db.close()


def unsealed_editions(place: Instance) -> Iterable[tuple[str, int]]:
    """What was asked for and is not done: the worker takes it up again when it starts."""
    for slug in place.slugs():
        db = place.community(slug)
        yield from [(slug, edition_id) for edition_id in vote_storage.unsealed_ids(db)]
        db.close()


def print_edition(db: EncryptedDatabase, edition_id: int, moment: datetime) -> bytes:
    """The PDF of an adopted version: words, result, who voted, who signed, fingerprint of the words."""
    return print_pdf(edition_html(db, edition_id, moment), moment=moment)


def edition_html(db: EncryptedDatabase, edition_id: int, moment: datetime) -> str:
    """What is printed; the direction of each vote stays out: the result alone binds."""
    edition = storage.edition_by_id(db, edition_id)
    ballot = next(
        (each for each in vote_storage.list_ballots(db, edition.agreement_id) if each.edition_id == edition_id), None
    )
    day = moment.date()
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, extensions=[FrenchSpacing]
    )
    environment.globals.update({name: getattr(wording, name) for name in _WORDS})
    environment.filters.update(french=french_filter, inner=wording.inner)
    return environment.get_template("agreements/printed.html").render(
        community=get_community(db),
        text=storage.get_agreement(db, edition.agreement_id),
        edition=edition,
        paragraphs=storage.list_paragraphs(db, edition_id),
        ballot=ballot,
        voters=vote_storage.list_entitled(db, ballot, day) if ballot else [],
        result=vote_storage.ballot_result(db, ballot) if ballot and is_over(ballot, day) else None,
        signatures=vote_storage.list_signatures(db, edition_id),
        fingerprint=vote_storage.text_sha256(db, edition),
        day=day,
    )
