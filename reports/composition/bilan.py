"""What the annual report of a PRE adds: delays, daily work, what became of the children who left, means, France."""

from collections.abc import Sequence

from impact.wording import french, number, percent
from impact_maps.indicators import CATALOGUE
from reports.charts import Bar, bars
from reports.composition import national
from reports.composition.document import Callout, Chapter, Figure, Table
from reports.composition.drawings import first_named, largest, share_figure
from reports.composition.words import Estimates, sentence, unit_text, value_text
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


def waiting(estimates: Estimates) -> list[Chapter]:
    """From the orientation to the first contact."""
    rows = [row for row in _known(estimates, DELAYS) if row.value is not None]
    if not rows:
        return []
    drawn = [Bar(CATALOGUE[row.code].title, row.value, f"{value_text(row)} jours", number(row.n)) for row in rows]
    first = rows[0]
    figure = Figure(
        title=french(f"{CATALOGUE[first.code].title} : {value_text(first)} jours pour la moitié des situations"),
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
            summary=french(f"{value_text(first)} jours jusqu’à la décision"),
            finding=sentence(first),
            figures=(figure,),
            callouts=(Callout("Ceux qui attendent encore", tuple(sentence(row) for row in still), "plain"),) if still else (),
        )
    ]  # fmt: skip


def work(estimates: Estimates) -> list[Chapter]:
    """Contacts, reviews, referents, meetings."""
    rows = _known(estimates, WORK)
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
            figures=(_listed(rows, "Le travail de l’année en chiffres"), *_contacts(estimates)),
        )
    ]


def outcomes(estimates: Estimates) -> list[Chapter]:
    """Objectives, relay, opinions."""
    rows, opinions = _known(estimates, OUTCOMES), estimates.rows("pre.opinions")
    if not rows or rows[0].value == 0:
        return []
    figures = [_listed(rows, "Les sorties de l’année")]
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
    figures = [_listed(rows, "Heures et coût par parcours", _NO_PRICE)]
    if shown:
        figures.insert(
            0,
            share_figure(
                shown,
                first_named(shown, "premier domaine d’action", "premiers domaines d’action", "Actions par domaine"),
            ),
        )
    summary = french(f"{value_text(cost)} euros par parcours en moyenne") if cost else "Heures, coût, actions"
    return [
        Chapter(
            key="moyens",
            short="Les moyens",
            title="Avec quels moyens ?",
            summary=summary,
            finding=said or "Les heures et les coûts ne sont pas encore écrits pour tous les parcours.",
            figures=tuple(figures),
        )
    ]


def beside_france(estimates: Estimates) -> list[Chapter]:
    """The national figures, each with its own year and its own way of counting."""
    rows = _national_rows(estimates)
    if not rows:
        return []
    return [
        Chapter(
            key="france",
            short="La France",
            title="Et ailleurs en France ?",
            summary="Les repères de l’enquête nationale",
            finding="Les repères nationaux situent ; ils ne classent pas.",
            figures=(
                Figure(
                    title="Ce PRE et la France",
                    subtitle="Mêmes tranches d’âge ; l’année et les territoires diffèrent.",
                    svg="",
                    reading=french(f"{rows[0][0]} : {rows[0][1]} ici ; {rows[0][2]} en France."),
                    scope="enfants suivis pendant la période",
                    source=french(national.SOURCE),
                    table=Table(("", "Ce PRE", "France"), tuple(rows)),
                ),
            ),
        )
    ]


def _known(estimates: Estimates, codes: Sequence[str]) -> list[Estimate]:
    rows = (estimates.one(f"pre.{code}") for code in codes)
    return [row for row in rows if row is not None and (row.value is not None or row.masked)]


def _listed(rows: Sequence[Estimate], title: str, subtitle: str = "") -> Figure:
    return Figure(
        title,
        french(subtitle),
        "",
        sentence(rows[0]),
        "enfants et parcours de la période",
        CATALOGUE[rows[0].code].source,
        _table(rows),
    )


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


def _national_rows(estimates: Estimates) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    followed = estimates.known("pre.children_followed")
    if followed is not None:
        mean = number(national.CHILDREN / national.PROGRAMMES)
        found.append(("Enfants suivis", value_text(followed), french(f"{mean} en moyenne par PRE")))
    sexes = {"girl": ("Filles", 1 - national.BOYS), "boy": ("Garçons", national.BOYS)}
    for row in estimates.rows("pre.children_by_sex"):
        if row.category in sexes and row.value is not None:
            label, share = sexes[row.category]
            found.append((label, value_text(row), percent(share, 1)))
    for row in estimates.rows("pre.children_by_age"):
        parts = row.category.split(JOINT)
        if row.value is not None and all(part in national.AGE_SHARES for part in parts):
            share = sum(national.AGE_SHARES[part] for part in parts)
            found.append((french(row.label), value_text(row), percent(share, 1)))
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
