"""Estimates and a few facts about the community → the whole report."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from impact.periods import Period
from impact.vocabulary import Audience, CommunityKind
from impact.wording import french, long_date, number, percent, plural
from impact_maps.indicators import CATALOGUE
from reports.charts import Dots, dots, rule_with_comparison
from reports.composition import cooperation, national, participation, pathways, satisfaction
from reports.composition.document import Callout, Chapter, Definition, Document, Figure, KeyFigure, Opinion, Table
from reports.composition.words import REASONS, Estimates, bare_value, is_small, unknown_by_reason, value_text
from reports.records import Estimate, Remark

TITLE = "Rapport d’évaluation"
UNMEASURED = "pas mesuré"
KEY_CODES = (
    "pre.children_followed",
    "pre.situations_received",
    "pre.situations_taken_up",
    "pre.support_length",
    "participation.presences",
    "participation.people",
    "participation.core_group",
    "participation.organisations",
    "cooperation.density",
    "satisfaction.responses",
    "satisfaction.response_rate",
)
MOST_KEY_FIGURES = 7
# Every community has a directory: alone, it does not make a chapter on cooperation.
_OF_THE_DIRECTORY = ("cooperation.organisations_by_kind", "cooperation.missing_kinds")
_DOTS = ("pre.children_followed", "participation.people")


@dataclass(frozen=True)
class Context:
    """What a report says besides its figures; `chain_svg` is the value chain drawn for print, or nothing."""

    name: str
    territory: str
    kind: CommunityKind
    period: Period
    audience: Audience
    issued_on: date
    version: str
    chain_svg: str = ""
    chain_boxes: tuple[tuple[str, str, str], ...] = ()
    chain_measured: int = 0
    remarks: tuple[Remark, ...] = ()


def compose(context: Context, estimates: Sequence[Estimate]) -> Document:
    """The report in the order in which it is read."""
    known = Estimates(row for row in estimates if _family_known(row, estimates))
    subjects = (
        (pathways, participation, cooperation, satisfaction)
        if context.kind is CommunityKind.PRE
        else (
            participation,
            cooperation,
            pathways,
            satisfaction,
        )
    )
    chapters = [chapter for subject in subjects for chapter in subject.chapters(known)]
    cover, legend = _cover(known)
    return Document(
        issuer=context.name,
        territory=context.territory,
        title=TITLE,
        subtitle=french(context.kind.label),
        period=french(context.period.label),
        audience=context.audience.label,
        issued_on=long_date(context.issued_on),
        stopped=french(f"Données arrêtées au {long_date(min(context.period.end, context.issued_on))}"),
        version=context.version,
        cover_svg=cover,
        cover_legend=legend,
        headline=_headline(chapters),
        key_note=_key_note(context),
        key_figures=tuple(_key_figures(known)),
        chapters=(*chapters, *_chain(context)),
        limits=_limits(context, known),
        definitions=tuple(_definitions(known)),
        opinions=tuple(_opinion(remark, context.audience) for remark in context.remarks),
    )


def _family_known(row: Estimate, estimates: Sequence[Estimate]) -> bool:
    """Whether anything is known of the family: a PRE without workshops says nothing about workshops."""
    family = CATALOGUE[row.code].family
    known = (each for each in estimates if CATALOGUE[each.code].family is family and each.code not in _OF_THE_DIRECTORY)
    return any((each.value or each.masked) for each in known)


def _cover(estimates: Estimates) -> tuple[str, str]:
    for code in _DOTS:
        row = estimates.known(code)
        if row is not None and row.value:
            return _dots(estimates, row)
    return "", ""


def _dots(estimates: Estimates, people: Estimate) -> tuple[str, str]:
    total, core = round(people.value or 0), estimates.known("participation.core_group")
    noun = "enfant suivi" if people.code.startswith("pre.") else "personne venue au moins une fois"
    groups, said = (
        [Dots(total, "full")],
        f"Chaque point est une {noun}." if noun.startswith("p") else f"Chaque point est un {noun}.",
    )
    if people.code == "participation.people" and core is not None and core.value is not None:
        regulars = round(core.value)
        groups = [Dots(regulars, "full"), Dots(total - regulars, "light")]
        said += f" Points pleins : les {regulars} personnes du noyau régulier."
    title = french(f"{total} points. {said}")
    return dots(title, groups), french(said)


def _key_figures(estimates: Estimates) -> list[KeyFigure]:
    rows = [estimates.one(code) or _only(estimates, code) for code in KEY_CODES]
    told = [_key_figure(row) for row in rows if row is not None and (row.value is not None or row.low is not None)]
    return told[:MOST_KEY_FIGURES] + _boys(estimates)


def _opinion(remark: Remark, audience: Audience) -> Opinion:
    """Signed by name inside the house, by role in a copy that leaves it, where no name appears."""
    inside = audience in (Audience.INTERNAL, Audience.PARTNER)
    author = f"{remark.author}, {remark.author_role}" if inside else remark.author_role
    lines = tuple(french(line.strip()) for line in remark.words.splitlines() if line.strip())
    return Opinion(remark.kind.label, lines, french(f"{author}, {long_date(remark.written_on)}"))


def _key_note(context: Context) -> str:
    note = f"Chiffres de la période : {context.period.label}."
    return french(note + f" France : {national.SOURCE}." if context.kind is CommunityKind.PRE else note)


def _headline(chapters: Sequence[Chapter]) -> str:
    return french(". ".join(chapter.summary for chapter in chapters[:2])) if chapters else "Rien à compter"


def _only(estimates: Estimates, code: str) -> Estimate | None:
    rows = estimates.rows(code)
    return rows[0] if len(rows) == 1 else None


def _key_figure(row: Estimate) -> KeyFigure:
    indicator = CATALOGUE[row.code]
    text, unit = value_text(row), ""
    if row.value is not None and row.unit == "share" and not is_small(row):
        text, unit = number(row.value * 100), "%"
    elif row.value is not None and row.unit in ("months", "days"):
        unit = {"months": "mois", "days": "jours"}[row.unit]
    return KeyFigure(text, unit, indicator.title, _base(row), *_comparison(row))


def _base(row: Estimate) -> str:
    indicator = CATALOGUE[row.code]
    if row.masked or row.value is None:
        reason = REASONS.get(row.reason, "")
        return french(
            f"{indicator.numerator.capitalize()} : {reason}." if reason else f"{indicator.numerator.capitalize()}."
        )
    parts = [indicator.numerator.capitalize()]
    if row.numerator is not None and row.denominator:
        parts.append(f"{number(row.numerator)} sur {number(row.denominator)} {indicator.denominator}")
    if row.low is not None and row.high is not None:
        low, high = (bare_value(bound, row.unit) for bound in (row.low, row.high))
        parts.append(f"Marge d’incertitude : de {low} à {high}")
    elif indicator.census:
        parts.append("Chiffre exhaustif : pas de marge d’erreur")
    return french(". ".join(parts) + ".")


def _comparison(row: Estimate) -> tuple[str, str]:
    if row.code == "pre.children_followed":
        mean = national.CHILDREN / national.PROGRAMMES
        base = f"en moyenne par PRE : {number(national.CHILDREN)} enfants, {number(national.PROGRAMMES)} PRE"
        return number(mean), french(base)
    if row.code == "pre.support_length":
        return french(national.SUPPORT_MONTHS), "un autre calcul, à ne pas comparer au mois près"
    return "", ""


def _boys(estimates: Estimates) -> list[KeyFigure]:
    row = next((each for each in estimates.rows("pre.children_by_sex") if each.category == "boy"), None)
    if row is None or row.value is None:
        return []
    said = f"Part des garçons : {percent(row.value)} ; France : {percent(national.BOYS, 1)}."
    svg = rule_with_comparison(french(said), row.value, national.BOYS)
    base = french(f"{number(row.numerator)} garçons sur {number(row.denominator)} enfants.")
    return [KeyFigure(number(row.value * 100), "%", "Garçons", base, percent(national.BOYS, 1), "", Markup(svg))]


def _chain(context: Context) -> list[Chapter]:
    if not context.chain_svg:
        return []
    measured = french(f"{context.chain_measured} des {len(context.chain_boxes)} cases portent un indicateur")
    boxes = context.chain_boxes
    _, words, said = next((box for box in boxes if box[2] != UNMEASURED), boxes[0])
    figure = Figure(
        title=french(
            "Case pleine : mesurée. Trait plein : hypothèse étayée ; tirets : à vérifier ; pointillé : contredite"
        ),
        subtitle="Les flèches sont les hypothèses de la communauté ; elles ne sont pas des effets démontrés.",
        svg=context.chain_svg,
        reading=french(f"« {words} » : {said}."),
        scope="",
        source="chaîne de valeur de la communauté",
        table=Table(("Élément", "Colonne", "Chiffre"), tuple((box, stage, figure) for stage, box, figure in boxes)),
    )
    return [
        Chapter("chaine", "La chaîne de valeur", "La chaîne de valeur", measured, measured + ".", (figure,), (), True)
    ]


def _limits(context: Context, estimates: Estimates) -> Chapter:
    masked = sum(row.masked for row in estimates.all)
    held = sum(row.reason == "held" for row in estimates.all)
    missing = [
        f"{CATALOGUE[row.code].title} : {plural(row.missing, 'information manquante', 'informations manquantes')}"
        for row in estimates.all
        if row.missing and not row.masked and not row.category
    ]
    callouts = [
        Callout(
            "Pas de groupe de comparaison",
            (
                "Ces chiffres décrivent ce qui a été fait et ce que disent les personnes. Ils ne permettent pas de dire ce"
                " qui se serait passé sans l’action : on ne peut donc pas parler d’effet.",
            ),
        ),
    ]
    lacking = [*(french(f"{line}.") for line in missing), *unknown_by_reason(estimates.all)]
    if lacking:
        callouts.append(Callout("Ce qui manque", tuple(lacking)))
    if context.audience is not Audience.INTERNAL:
        lines = [
            "Un groupe de moins de 5 personnes (moins de 11 pour la santé, les violences et la famille) n’est jamais"
            " chiffré, et aucun nombre caché ne peut être retrouvé par soustraction."
        ]
        if masked:
            lines.append(f"{plural(masked, 'valeur est masquée', 'valeurs sont masquées')} dans ce rapport.")
        if held:
            lines.append(f"{plural(held, 'valeur reprend', 'valeurs reprennent')} celle du rapport précédent.")
        callouts.append(Callout("Petits nombres", tuple(french(line) for line in lines)))
    callouts.append(
        Callout(
            "Ce qui est laissé aux personnes",
            (
                "Ce document donne des constats et leurs limites. Les jugements et les recommandations appartiennent à"
                " l’équipe et à ses partenaires, qui les signent et les datent.",
            ),
            "plain",
        )
    )
    return Chapter(
        key="limites",
        short="Les limites",
        title="Ce que ces données ne permettent pas de dire",
        summary="Ce qui manque, ce qui n’est pas mesuré",
        finding="Lire un chiffre, c’est aussi savoir ce qu’il ne dit pas.",
        callouts=tuple(callouts),
    )


def _definitions(estimates: Estimates) -> list[Definition]:
    used = [code for code in CATALOGUE if any(row.code == code for row in estimates.all)]
    found = [
        Definition(
            CATALOGUE[code].title,
            french(f"{CATALOGUE[code].definition} Définition, version {CATALOGUE[code].version}."),
        )
        for code in used
    ]
    general = (
        (
            "Marge d’incertitude",
            "Intervalle de confiance à 95 % : la méthode utilisée donne un intervalle contenant la vraie"
            " valeur 95 fois sur 100. Un comptage exhaustif n’en a pas.",
        ),
        ("Arrondis", "Pourcentages à l’unité, moitié vers le haut ; un total peut différer de 100."),
        ("De 5 à 10 personnes", "Le nombre est écrit, sans pourcentage."),
        (
            "Données jointes",
            "Tous les chiffres de ce rapport sont dans le fichier « indicateurs.csv » attaché au document.",
        ),
    )
    return found + [Definition(french(term), french(text)) for term, text in general]
