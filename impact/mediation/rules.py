"""Which weeks are expected, what may be written, what a text must not name."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

from impact.accounts.access import Action, may
from impact.audit import Actor
from impact.exceptions import NotFound, Refused
from impact.mediation.records import WEEK, Activity, Closure, Posting, Site, SiteWeek, SiteYear, monday
from impact.wording import fold, long_date, plural

FULL_TIME = 100
WORKING_DAYS = 5
THURSDAY = timedelta(days=3)
OLDEST = timedelta(days=62)
# How far back a mediator is asked about her weeks.
ASKED_BACK = timedelta(days=90)
# A site without a monitoring committee for longer than this is told.
COMMITTEE_EVERY = timedelta(days=365)
_CAPITALISED = re.compile(r"(?<![.!?…:\n«(-])[ ’']([A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+(?:-[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+)?)\b")
_NOT_NAMES = frozenset(
    fold(
        "lundi mardi mercredi jeudi vendredi samedi dimanche collège école lycée mairie ville état internet snapchat"
        " instagram tiktok whatsapp france noël pâques toussaint français française"
    ).split()
)


def check_site(site: Site, postings: Iterable[Posting]) -> None:
    """It closes after it opened, and after whoever is posted there has gone."""
    if site.closed_on is None:
        return
    if site.closed_on < site.opened_on:
        raise Refused("La fermeture vient avant l’ouverture : corrigez l’une des deux dates.", "closed_on")
    if any(known.ended_on is None or known.ended_on > site.closed_on for known in postings):
        raise Refused(
            "Un médiateur y est encore affecté après ce jour : terminez d’abord son affectation.", "closed_on"
        )


def check_posting(posting: Posting, site: Site, others: Sequence[Posting]) -> None:
    """Within the life of the site; once at a time on a site; one full-time post in all. `others` are the mediator's."""
    if posting.ended_on is not None and posting.ended_on < posting.started_on:
        raise Refused("La fin vient avant le début : corrigez l’une des deux dates.", "ended_on")
    if posting.started_on < site.opened_on:
        raise Refused(f"Le site compte à partir du {long_date(site.opened_on)}.", "started_on")
    if site.closed_on is not None and (posting.ended_on is None or posting.ended_on > site.closed_on):
        raise Refused(
            f"Le site ferme le {long_date(site.closed_on)} : l’affectation finit au plus tard ce jour.", "ended_on"
        )
    meeting = [known for known in others if known.id != posting.id and known.meets(posting)]
    if any(known.site_id == posting.site_id for known in meeting):
        raise Refused("Cette personne est déjà affectée à ce site à ces dates.", "member_id")
    total = posting.share + max((_share_on(day, meeting) for day in _starts(posting, meeting)), default=0)
    if total > FULL_TIME:
        raise Refused(f"Avec ses autres sites, cela ferait {total} % d’un temps plein : baissez cette part.", "share")


def check_ending(posting: Posting, activities: Iterable[date]) -> None:
    """What was done stays within the posting."""
    outside = [day for day in activities if not posting.covers(day)]
    if outside:
        raise Refused(
            f"{plural(len(outside), 'activité est notée', 'activités sont notées')} hors de ces dates, dont une le"
            f" {long_date(outside[0])}.",
            "ended_on" if outside[0] >= posting.started_on else "started_on",
        )


def check_activity(activity: Activity, posting: Posting, today: date, oldest: date | None = None) -> None:
    """Done on a day of the posting, not to come; girls and boys are among the people. `oldest` bounds a new one."""
    day = activity.done_on
    if day > today:
        raise Refused("Ce jour est à venir : une activité se note une fois faite.", "done_on")
    if not posting.covers(day):
        raise Refused("À cette date, cette personne n’est pas affectée à ce site.", "done_on")
    if oldest is not None and day < oldest:
        raise Refused(f"Une activité se note dans les deux mois : au plus tôt le {long_date(oldest)}.", "done_on")
    if (activity.girls or 0) + (activity.boys or 0) > (activity.people or 0):
        raise Refused(
            "Les filles et les garçons sont parmi les personnes : leur total ne peut être plus grand.", "people"
        )


def check_may_write(actor: Actor, posting: Posting) -> None:
    """A mediator writes her own activities; whoever runs mediation corrects any. NotFound for the others."""
    if posting.member_id != actor.member_id and not may(actor, Action.RUN_MEDIATION):
        raise NotFound


def postings_of(postings: Iterable[Posting], member_id: int | None, day: date) -> list[Posting]:
    """Where a mediator is posted on a day."""
    return [known for known in postings if known.member_id == member_id and known.covers(day)]


def weeks_of(start: date, end: date) -> tuple[date, date]:
    """The first and the last Monday of the weeks of a period: those whose Thursday lies in it."""
    first, last = monday(start), monday(end)
    return (
        first if first + THURSDAY >= start else first + WEEK,
        last if last + THURSDAY <= end else last - WEEK,
    )


def is_closed(week_on: date, closures: Iterable[Closure]) -> bool:
    """Whether no mediator is expected on any of the five days of a week."""
    days = [week_on + timedelta(days=rank) for rank in range(WORKING_DAYS)]
    closures = list(closures)
    return all(any(known.starts_on <= day <= known.ends_on for known in closures) for day in days)


def expected_weeks(posting: Posting, closures: Sequence[Closure], since: date, until: date) -> list[date]:
    """The Mondays of the weeks that a mediator fills: begun by `until`, with a working day of the posting, not closed."""
    last = min(posting.ended_on or until, until)
    week, found = monday(max(posting.started_on, since)), []
    if max(posting.started_on, since) > week + timedelta(days=WORKING_DAYS - 1):
        week += WEEK
    while week <= last:
        if not is_closed(week, closures):
            found.append(week)
        week += WEEK
    return found


def missing_weeks(
    posting: Posting, closures: Sequence[Closure], known: Collection[date], since: date, today: date
) -> list[date]:
    """The expected weeks of which nothing is said, the running one left out."""
    return [
        week for week in expected_weeks(posting, closures, since, today) if week not in known and week < monday(today)
    ]


def site_weeks(
    postings: Sequence[Posting],
    closures: Sequence[Closure],
    said: Mapping[tuple[int, date], bool],
    counts: Mapping[tuple[int, date], int],
    since: date,
    until: date,
) -> list[SiteWeek]:
    """Each week of each site: present when any mediator was there, unknown when one of them said nothing.

    `said` and `counts` go by posting and Monday. A week that was said though nobody was expected is there too.
    """
    weeks: dict[tuple[int, date], list[bool | None]] = {}
    done: dict[tuple[int, date], int] = {}
    for posting in postings:
        expected = set(expected_weeks(posting, closures, since, until))
        told = {week for known, week in said if known == posting.id and monday(since) <= week <= until}
        for week in expected | told:
            key = posting.site_id, week
            weeks.setdefault(key, []).append(said.get((posting.id, week)))
            done[key] = done.get(key, 0) + counts.get((posting.id, week), 0)
    return [
        SiteWeek(site_id, week, True if any(states) else None if None in states else False, done[site_id, week])
        for (site_id, week), states in sorted(weeks.items())
    ]


def site_years(sites: Sequence[Site], weeks: Iterable[SiteWeek], since: date, until: date) -> list[SiteYear]:
    """The sites of the perimeter at some time between two days, each with its weeks, in the order given."""
    of: dict[int, list[SiteWeek]] = {}
    for week in weeks:
        of.setdefault(week.site_id, []).append(week)
    return [
        SiteYear(site, tuple(of.get(site.id, ())))
        for site in sites
        if site.opened_on <= until and (site.closed_on is None or site.closed_on >= since)
    ]


def possible_names(text: str, known: Iterable[str]) -> list[str]:
    """Capitalised words within a sentence that nothing explains: neither a site, nor a day, nor an institution."""
    explained = _NOT_NAMES | {word for name in known for word in fold(name).split()}
    found = _CAPITALISED.findall(" . " + text)
    return list(dict.fromkeys(word for word in found if not set(fold(word).split()) <= explained))


def without_committee(
    sites: Iterable[Site], present: Mapping[int, date], today: date, since: date | None = None
) -> list[Site]:
    """Open sites whose organisation came to no monitoring committee for a year; `present` gives its last one."""
    limit = today - COMMITTEE_EVERY
    return [
        site
        for site in sites
        if site.open_on(today)
        and max(site.opened_on, since or site.opened_on) <= limit
        and (site.organisation_id is None or present.get(site.organisation_id, date.min) < limit)
    ]


def _starts(posting: Posting, others: Sequence[Posting]) -> list[date]:
    """The days on which the sum of the shares can rise."""
    days = [posting.started_on, *(known.started_on for known in others)]
    return [day for day in days if posting.covers(day)]


def _share_on(day: date, postings: Iterable[Posting]) -> int:
    return sum(known.share for known in postings if known.covers(day))
