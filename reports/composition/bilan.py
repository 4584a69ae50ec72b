"""What the annual report of a PRE adds: delays, daily work, what became of the children who left, means, France."""

from collections.abc import Sequence

from impact.wording import french, number, percent
from impact_maps.indicators import CATALOGUE
from reports.charts import Bar, bars
from reports.composition import national
from reports.composition.document import Callout, Chapter, Figure, Table, WordTable
from reports.composition.drawings import first_named, largest, share_figure, spoken
from reports.composition.words import MASKED, Estimates, base_text, is_small, sentence, unit_text, value_text
from reports.disclosure import JOINT
from reports.records import Estimate

DELAYS = ("decision_delay", "start_delay", "full_delay", "first_contact_delay")
WORK = (
    "followed_now", "returning", "contacts", "contact_hours", "intensity", "contact_gap", "home_visits", "reviewed_twice",
    "progress_any", "referent_changes", "children_per_referent", "support_meetings", "meeting_presence",
)  # fmt: skip
OUTCOMES = ("exits", "objective_reached", "relay")
MEANS = ("action_hours", "contact_hours", "cost", "cofunding", "objectives_mean", "overdue")
_NO_EFFECT = (
    "Sans groupe de comparaison, on ne peut pas séparer ce qui vient du programme de ce qui vient du temps, des autres"
    " aides ou du fait que l’on a choisi les enfants au moment où ils allaient le plus mal."
)

_NO_PRICE = (
    "Un coût dit ce qui est engagé : le diviser par un résultat pénaliserait qui accueille les situations les plus"
    " difficiles."
)


def _days(row: Estimate) -> str:
    return f"{value_text(row)} {unit_text(row)}"


def waiting(estimates: Estimates) -> list[Chapter]:
    """From the orientation to the first contact."""
    rows = [row for row in _known(estimates, DELAYS) if row.value is not None]
    if not rows:
        return []
    drawn = [Bar(CATALOGUE[row.code].title, row.value, f"{_days(row)}", number(row.n)) for row in rows]
    first = rows[0]
    figure = Figure(
        title=french(f"{CATALOGUE[first.code].title} : {_days(first)} pour la moitié des situations"),
        subtitle="Nombre médian de jours.",
        svg=bars(_aloud("Délais médians", rows), drawn, heading="n", ordinal=True),
        reading=sentence(first),
        scope="situations et parcours arrivés à leur terme",
        source=CATALOGUE[first.code].source,
        table=_table(rows),
    )
    still = _known(estimates, ("waiting", "not_started"))
    return [
        Chapter(
            key="delais",
            short="Les délais",
            title="Combien de temps attend un enfant ?",
            summary=french(f"{_days(first)} jusqu’à la décision"),
            finding=sentence(first),
            figures=(figure,),
            callouts=(Callout("Ceux qui attendent encore", tuple(sentence(row) for row in still), "plain"),) if still else (),
        )
    ]  # fmt: skip


def work(estimates: Estimates) -> list[Chapter]:
    """Contacts, reviews, referents, meetings."""
    rows = _known(estimates, WORK)
    drawn, told = _parts(rows, "enfants suivis pendant la période")
    intensity = estimates.known("pre.intensity")
    if not rows:
        return []
    return [
        Chapter(
            key="suivi",
            short="Le suivi",
            title="Que fait-on avec les enfants ?",
            summary=french(sentence(intensity)) if intensity else "Contacts, bilans, référents",
            finding=sentence(intensity) if intensity else sentence(rows[0]),
            figures=(*drawn, *_contacts(estimates)),
            tables=tuple(told),
        )
    ]


def outcomes(estimates: Estimates) -> list[Chapter]:
    """Objectives, relay, opinions."""
    rows, opinions = _known(estimates, OUTCOMES), estimates.rows("pre.opinions")
    if not rows or rows[0].value == 0:
        return []
    figures, told = _parts([row for row in rows if row.code != "pre.exits"], "parcours terminés pendant la période")
    if any(row.value is not None for row in opinions):
        often = "le plus souvent recueilli à la sortie", "les plus souvent recueillis à la sortie"
        title = first_named(opinions, *often, "Avis recueillis à la sortie")
        figures.append(share_figure(opinions, title))
    said = next((row for row in rows if row.code == "pre.objective_reached" and row.value is not None), rows[0])
    return [
        Chapter(
            key="sorties",
            short="Les sorties",
            title="Que deviennent les enfants sortis ?",
            summary=sentence(said).rstrip("."),
            finding=sentence(said),
            figures=tuple(figures),
            tables=tuple(told),
            callouts=(Callout("Ce que ces chiffres ne permettent pas de dire", (_NO_EFFECT,)),),
        )
    ]


def means(estimates: Estimates) -> list[Chapter]:
    """Hours and cost per pathway, actions by domain: effectiveness is read beside them, never divided by them."""
    rows, actions = _known(estimates, MEANS), estimates.rows("pre.actions_by_domain")
    shown = [row for row in actions if row.numerator or row.masked]
    if not shown and not any(row.value is not None for row in rows if row.code != "pre.objectives_mean"):
        return []
    cost, hours = estimates.known("pre.cost"), estimates.known("pre.action_hours")
    said = " ".join(sentence(row) for row in (hours, cost) if row is not None)
    named = "premier domaine d’action", "premiers domaines d’action", "Actions par domaine"
    figures = (share_figure(shown, first_named(shown, *named)),) if shown else ()
    summary = (
        french(f"{value_text(cost)} {unit_text(cost)} par parcours en moyenne") if cost else "Heures, coût, actions"
    )
    return [
        Chapter(
            key="moyens",
            short="Les moyens",
            title="Avec quels moyens ?",
            summary=summary,
            finding=said or "Les heures et les coûts ne sont pas encore écrits pour tous les parcours.",
            figures=figures,
            tables=(_listed(rows, _NO_PRICE),) if rows else (),
        )
    ]


def beside_france(estimates: Estimates) -> list[Chapter]:
    """The national figures, each with its own year and its own way of counting."""
    parts, rows = _national_parts(estimates), _national_rows(estimates)
    if not parts and not rows:
        return []
    titled = " ; ".join(f"{name.lower()} : {here} ici, {there}" for name, here, there in rows[:1])
    return [
        Chapter(
            key="france",
            short="La France",
            title="Et ailleurs en France ?",
            summary="Les repères de l’enquête nationale",
            finding="Les repères nationaux situent ; ils ne classent pas.",
            figures=_beside(parts),
            tables=(
                WordTable(
                    french(titled[:1].upper() + titled[1:]),
                    Table(("", "Ce PRE", "France"), tuple(rows), words=True),
                    french(f"Source des chiffres de la France : {national.SOURCE}."),
                ),
            )
            if rows
            else (),
        )
    ]


def _known(estimates: Estimates, codes: Sequence[str]) -> list[Estimate]:
    rows = (estimates.one(f"pre.{code}") for code in codes)
    return [row for row in rows if row is not None and (row.value is not None or row.masked)]


def _parts(rows: Sequence[Estimate], scope: str) -> tuple[list[Figure], list[WordTable]]:
    """Shares as bars titled by the first that is not nothing, the rest as a table titled by its first line."""
    shares = [row for row in rows if row.unit == "share"]
    known = [row for row in shares if row.value is not None]
    others = [row for row in rows if row not in shares or not known]
    said = next((row for row in known if row.value), None) or next(iter(known), None)
    return [_drawn(shares, said, scope)] if said else [], [_listed(others)] if others else []


def _drawn(rows: Sequence[Estimate], first: Estimate, scope: str) -> Figure:
    drawn = [
        Bar(
            CATALOGUE[row.code].title,
            row.value,
            value_text(row),
            MASKED if row.masked else french(f"{number(row.numerator)} sur {number(row.denominator)}"),
        )
        for row in rows
    ]
    return Figure(
        title=sentence(first).rstrip("."),
        subtitle=french("Part de ceux pour qui la réponse est connue."),
        svg=bars(_aloud("Parts", rows), drawn, heading="nombre", longest=1.0),
        reading=sentence(first),
        scope=scope,
        source=CATALOGUE[first.code].source,
        table=_table(rows),
    )


def _listed(rows: Sequence[Estimate], subtitle: str = "") -> WordTable:
    return WordTable(sentence(rows[0]).rstrip("."), _table(rows), french(subtitle))


def _table(rows: Sequence[Estimate]) -> Table:
    lines = [
        (
            CATALOGUE[row.code].title,
            french(f"{value_text(row)} {unit_text(row)}".strip()),
            number(row.n) if row.n and not row.masked else "–",
            number(row.missing) if row.missing else "–",
        )
        for row in rows
    ]
    return Table(("", "Valeur", "n", "Inconnus"), tuple(lines))


def _aloud(title: str, rows: Sequence[Estimate]) -> str:
    return french(f"{title}. " + " ; ".join(f"{CATALOGUE[row.code].title} : {value_text(row)}" for row in rows) + ".")


def _contacts(estimates: Estimates) -> list[Figure]:
    rows = [row for row in estimates.rows("pre.contacts_by_kind") if row.numerator or row.masked]
    title = first_named(rows, "première forme de contact", "premières formes de contact", "Formes de contact")
    return [share_figure(rows, title)] if largest(rows) else []


def _beside(parts: Sequence[tuple[Estimate, float]]) -> tuple[Figure, ...]:
    """Shares of the children, the national one as a tick; the title tells the widest gap."""
    if not parts:
        return ()
    rows = [row for row, _ in parts]
    drawn = [
        Bar(french(row.label), row.value, value_text(row), number(row.numerator), share, percent(share, 1))
        for row, share in parts
    ]
    widest, share = max(parts, key=lambda part: abs((part[0].value or 0) - part[1]))
    said = f"{widest.label} : {value_text(widest)} ici, {percent(share, 1)} en France"
    return (
        Figure(
            title=french(
                f"L’écart le plus grand avec la France. {said}"
                if abs((widest.value or 0) - share) >= 0.01
                else "Partout à moins d’un point de la France"
            ),
            subtitle=french(
                "Part des enfants suivis. Trait noir : France, 2021 ; l’année et les territoires diffèrent."
            ),
            svg=bars(spoken("Ce PRE et la France", rows), drawn, heading="n", mark_heading="France", ordinal=True),
            reading=french(f"{said}."),
            scope=base_text(rows),
            source=french(national.SOURCE),
            table=Table(
                ("", "Ce PRE", "France"),
                tuple((french(row.label), value_text(row), percent(share, 1)) for row, share in parts),
            ),
        ),
    )


def _national_parts(estimates: Estimates) -> list[tuple[Estimate, float]]:
    """What is known here and there: sexes, then ages, those that were merged with the sum of their parts."""
    shares = {"girl": 1 - national.BOYS, "boy": national.BOYS, **national.AGE_SHARES}
    rows = (*estimates.rows("pre.children_by_sex"), *estimates.rows("pre.children_by_age"))
    known = [(row, row.category.split(JOINT)) for row in rows if row.value is not None and not is_small(row)]
    return [(row, sum(shares[part] for part in parts)) for row, parts in known if all(part in shares for part in parts)]


def _national_rows(estimates: Estimates) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    followed = estimates.known("pre.children_followed")
    if followed is not None:
        mean = number(national.CHILDREN / national.PROGRAMMES)
        found.append(("Enfants suivis", value_text(followed), french(f"{mean} en moyenne par PRE")))
    length = estimates.one("pre.support_length")
    if length is not None:
        told = f"{value_text(length)} mois (médiane)" if length.value is not None else value_text(length)
        found.append(("Durée de l’accompagnement", french(told), french(national.SUPPORT_MONTHS)))
    motive = largest(estimates.rows("pre.first_motive")) or largest(estimates.rows("pre.motives"))
    if motive is not None:
        found.append(("Premier motif", french(motive.label), ", ".join(national.FIRST_MOTIVES)))
    origin = largest(estimates.rows("pre.origins"))
    if origin is not None:
        found.append(("Première origine", french(origin.label), national.FIRST_ORIGIN))
    return found
