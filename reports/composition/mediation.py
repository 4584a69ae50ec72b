"""The chapters on school mediation: where mediators are, what they do, year after year; then site by site."""

from collections.abc import Mapping, Sequence

from impact.mediation.vocabulary import SiteKind
from impact.wording import french, number, percent, plural, signed, sort_key
from impact_maps.indicators import CATALOGUE
from reports.charts_of_rates import RateDot, rate_dots
from reports.composition.document import Callout, Chapter, Figure, Table, WordTable
from reports.composition.drawings import first_named, share_figure, spoken, table_of
from reports.composition.words import Estimates, sentence, value_text
from reports.records import Estimate

_PRESENT = ("sites", "mediators", "fte", "weeks_filled", "committees", "sites_with_committee")
_DONE = ("activities", "hours", "contacts", "girls")
# Sites in one drawing.
MOST_ROWS = 24
_KINDS = "mediation.sites_by_kind"
_MORE, _LESS, _SAME = "hausse nette", "baisse nette", "pas d’écart net"


def chapters(estimates: Estimates) -> list[Chapter]:
    """Up to three chapters when a site is in the perimeter, none otherwise."""
    sites = estimates.known("mediation.sites")
    if sites is None or not sites.denominator:
        return []
    return [_whole(estimates, sites), *_by_site(estimates), *_over_years(estimates)]


def _whole(estimates: Estimates, sites: Estimate) -> Chapter:
    rate, years = estimates.known("mediation.rate"), estimates.rows("mediation.rate_by_year")
    kinds = estimates.rows(_KINDS)
    coverage = f"{plural(sites.numerator or 0, 'site couvert', 'sites couverts')} sur {number(sites.denominator)}"
    figures = [share_figure(kinds, f"{coverage} au périmètre", ordinal=True)] if kinds else []
    if len(years) > 1:
        figures.append(_rates(years, _trend(years)))
    for code, one, several, otherwise in _SHARED:
        rows = [row for row in estimates.rows(f"mediation.{code}") if row.masked or row.numerator]
        if rows:
            figures.append(share_figure(rows, first_named(rows, one, several, otherwise)))
    return Chapter(
        key="mediation",
        short="La médiation scolaire",
        title="La médiation scolaire : où, combien, pour quoi ?",
        summary=french(coverage),
        finding=french(_finding(estimates, coverage, rate)),
        figures=tuple(figures),
        callouts=(
            *_told("Présence", estimates, _PRESENT),
            *_told("Ce qui s’est fait", estimates, _DONE),
            _caution(estimates),
        ),
    )


_SHARED = (
    ("by_axis", "l’axe le plus travaillé", "les deux axes les plus travaillés", "Les activités par axe"),
    ("by_category", "l’activité la plus fréquente", "les activités les plus fréquentes", "Les activités par type"),
    ("by_request", "l’origine la plus fréquente", "les origines les plus fréquentes", "Qui demande"),
    ("by_follow_up", "la suite la plus fréquente", "les suites les plus fréquentes", "Les suites données"),
)


def _finding(estimates: Estimates, coverage: str, rate: Estimate | None) -> str:
    done = estimates.known("mediation.activities")
    said = [coverage]
    if done is not None and done.value:
        said.append(f"{plural(done.value, 'activité')} sur la période")
    if rate is not None and rate.value is not None:
        said.append(f"soit {value_text(rate)} par site et par mois de présence")
    return f"{', '.join(said)}."


def _trend(years: Sequence[Estimate]) -> str:
    """What the first and the last year say, told as a change only when their margins do not meet."""
    first, last = years[0], years[-1]
    low, high, before, after = last.low or 0.0, last.high or 0.0, first.value or 0.0, last.value or 0.0
    if before and ((first.high or 0.0) < low or high < (first.low or 0.0)):
        change = (after / before - 1) * 100
        return f"Activités par mois de présence : {signed(change)} % entre {first.label} et {last.label}"
    return f"Activités par mois de présence : pas d’écart net entre {first.label} et {last.label}"


def _rates(rows: Sequence[Estimate], title: str) -> Figure:
    indicator = CATALOGUE[rows[0].code]
    drawn = [
        RateDot(french(row.label), row.value or 0.0, row.low or 0.0, row.high or 0.0, value_text(row)) for row in rows
    ]
    return Figure(
        title=french(title),
        subtitle=french("Point : activités par mois de présence d’un médiateur. Trait : marge d’incertitude à 95 %."),
        svg=rate_dots(spoken(indicator.title, rows), drawn),
        reading=sentence(max(rows, key=lambda row: row.value or 0)),
        scope=french(plural(sum(row.numerator or 0 for row in rows), "activité")),
        source=indicator.source,
        table=table_of(rows),
    )


def _by_site(estimates: Estimates) -> list[Chapter]:
    rows = [row for row in estimates.rows("mediation.rate_by_site") if row.value is not None]
    if not rows:
        return []
    ordered = sorted(rows, key=lambda row: -(row.value or 0))
    top, low = ordered[0], ordered[-1]
    missing = sum(row.missing for row in rows)
    finding = f"Activités par mois de présence : de {value_text(low)} ({low.label}) à {value_text(top)} ({top.label})."
    lines = [
        "Un site où il se fait moins n’est pas un site où l’on travaille moins bien : la part de temps du médiateur, la"
        " taille de l’établissement et la durée des activités diffèrent. Ce n’est pas un classement.",
        "Quand deux traits se recouvrent largement, l’écart entre deux sites peut tenir au hasard.",
    ]
    if missing:
        lines.append(
            f"{plural(missing, 'semaine')} de site sans réponse : elles ne comptent ni comme zéro, ni comme présence."
        )
    return [
        Chapter(
            key="mediation-sites",
            short="La médiation, site par site",
            title="La médiation, site par site",
            summary=french(f"Activités par mois de présence : de {value_text(low)} à {value_text(top)}"),
            finding=french(finding),
            figures=tuple(_figures(ordered)),
            callouts=(Callout("Comment lire ces écarts", tuple(french(line) for line in lines)),),
        )
    ]


def _over_years(estimates: Estimates) -> list[Chapter]:
    """A line a site and a column a year, from two years on; the change is told when the margins do not meet."""
    rows = estimates.rows("mediation.rate_by_site_and_year")
    years = sorted({row.category.rpartition("/")[2] for row in rows if row.category})
    if len(years) < 2:
        return []
    of: dict[str, dict[str, Estimate]] = {}
    for row in rows:
        site, _, year = row.category.rpartition("/")
        of.setdefault(site, {})[year] = row
    lines = [
        (
            by_year[min(by_year)].label.rpartition(", ")[0],
            *(value_text(by_year[year]) if year in by_year else "–" for year in years),
            _change([by_year[year] for year in years if year in by_year]),
        )
        for _, by_year in sorted(of.items(), key=_place)
    ]
    changes = [line[-1] for line in lines]
    more, less, same = (changes.count(change) for change in (_MORE, _LESS, _SAME))
    told = (
        f"{more} en hausse nette, {less} en baisse nette, {same} sans écart net" if more or less else "aucun écart net"
    )
    finding = french(f"De la première à la dernière année : {told}, sur {plural(len(lines), 'site')}.")
    note = "Activités par mois de présence d’un médiateur. Un écart est dit net quand les deux marges à 95 % ne se touchent pas. Un tiret : personne n’y était."
    table = Table(("Site", *(f"{year}-{int(year) + 1}" for year in years), "Du premier au dernier"), tuple(lines))
    return [
        Chapter(
            key="mediation-years",
            short="La médiation, année après année",
            title="La médiation, site par site, année après année",
            summary=finding.removesuffix("."),
            finding=finding,
            tables=(WordTable(french(f"{told[:1].upper()}{told[1:]}"), table, french(note)),),
        )
    ]


def _place(known: tuple[str, Mapping[str, Estimate]]) -> tuple[int, object]:
    """Kinds in the order of the others, then names."""
    site, by_year = known
    kinds = [kind.value for kind in SiteKind]
    return kinds.index(site.partition("/")[0]), sort_key(by_year[min(by_year)].label)


def _change(years: Sequence[Estimate]) -> str:
    """What the first and the last known year of a site say."""
    first, last = years[0], years[-1]
    if len(years) < 2 or None in (first.low, first.high, last.low, last.high):
        return "–"
    if (last.low or 0) > (first.high or 0):
        return _MORE
    return _LESS if (last.high or 0) < (first.low or 0) else _SAME


def _figures(ordered: Sequence[Estimate]) -> list[Figure]:
    """One figure a kind of site, none longer than a page allows."""
    found = []
    for kind in SiteKind:
        rows = [row for row in ordered if row.category.startswith(f"{kind.value}/")]
        for first in range(0, len(rows), MOST_ROWS):
            again = ", suite" if first else ""
            found.append(_rates(rows[first : first + MOST_ROWS], f"{_spread(kind.several, rows)}{again}"))
    return found


def _spread(several: str, rows: Sequence[Estimate]) -> str:
    """What the sites of one kind do, the least and the most."""
    top, low = rows[0], rows[-1]
    if len(rows) == 1:
        return f"{top.label}, activités par mois de présence : {value_text(top)}"
    return f"{several}, activités par mois de présence : de {value_text(low)} à {value_text(top)}"


def _told(title: str, estimates: Estimates, codes: Sequence[str]) -> tuple[Callout, ...]:
    rows = [row for code in codes if (row := estimates.one(f"mediation.{code}")) is not None]
    lines = tuple(sentence(row) for row in rows if row.masked or row.value is not None)
    return (Callout(title, lines, "plain"),) if lines else ()


def _caution(estimates: Estimates) -> Callout:
    lines = [
        "Ces chiffres disent combien, où et sur quoi les médiateurs travaillent. Ils ne disent pas ce que cela change pour"
        " les élèves : il y faudrait une mesure auprès d’eux et des sites comparables sans médiateur.",
        "Les contacts s’additionnent : un élève rencontré dix fois compte dix fois.",
    ]
    filled = estimates.known("mediation.weeks_filled")
    if filled is not None and filled.value is not None and filled.value < 1:
        lines.append(f"{percent(1 - filled.value)} des semaines attendues sont sans réponse et laissées de côté.")
    return Callout("Ce que ces chiffres ne disent pas", tuple(french(line) for line in lines))
