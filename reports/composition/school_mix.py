"""School mix in words and pictures: what may be said of each level, never a ranking (STATISTICS §5.3)."""

from collections.abc import Sequence

from impact.drawing import PRINT, Size
from impact.schools.vocabulary import SchoolLevel
from impact.wording import french, join_words, number, percent, plural, signed
from impact_maps.indicators import CATALOGUE
from reports.charts_of_schools import SchoolDot, school_dots
from reports.composition.document import Callout, Chapter, Figure
from reports.composition.drawings import share_figure, spoken, table_of
from reports.composition.words import Estimates, is_small, value_text
from reports.records import Estimate

NEUTRAL = 3.0
_SAID = 0.05


def chapters(estimates: Estimates) -> list[Chapter]:
    """One chapter per level of which an index or origins are known."""
    return [chapter for level in SchoolLevel for chapter in _chapter(estimates, level)]


def of_level(estimates: Estimates, code: str, level: SchoolLevel) -> Estimate | None:
    """The figure of one level, when it has a value."""
    rows = estimates.rows(f"schools.{code}")
    return next((row for row in rows if row.category == level.value and row.value is not None), None)


def parts(estimates: Estimates, code: str, level: SchoolLevel) -> list[Estimate]:
    """The schools, or years, of one level."""
    return [row for row in estimates.rows(f"schools.{code}") if row.category.startswith(f"{level.value}/")]


def sentences(estimates: Estimates, level: SchoolLevel) -> list[str]:
    """What the figures of a level say, each with its base and what it does not say."""
    told = (_mean, _far, _between, _moves, _entropy, _exposure, _chance, _structure, _outside)
    return [french(said) for tell in told if (said := tell(estimates, level))]


def limits() -> Callout:
    """What none of these figures says."""
    return Callout(
        "Ce que ces chiffres ne disent pas",
        (
            french(
                "L’IPS décrit l’origine sociale des élèves, ni la qualité ni les résultats d’un établissement. Un écart"
                " de 3 points ou moins n’est pas interprétable, et une moyenne ne dit rien de la mixité dans les classes."
            ),
            french("Tous les élèves sont comptés : il n’y a pas de marge d’erreur. Aucun établissement n’est classé."),
        ),
    )


def _chapter(estimates: Estimates, level: SchoolLevel) -> list[Chapter]:
    drawn = [*dots(estimates, level), *origins(estimates, level)]
    said = sentences(estimates, level)
    if not said:
        return []
    seen = of_level(estimates, "observed", level)
    summary = french(plural(seen.value or 0, f"{level.one} observé", f"{level.several} observés")) if seen else ""
    if level is SchoolLevel.PRIMARY:
        summary = summary.replace("observé", "observée")
    return [
        Chapter(
            key=f"mixite-{level.value}",
            short=f"La mixité : {level.several}",
            title=f"La mixité scolaire : les {level.several}",
            summary=summary,
            finding=said[0],
            figures=tuple(drawn),
            callouts=(Callout("Ce que disent ces chiffres", tuple(said[1:]), "plain"), limits())
            if said[1:]
            else (limits(),),
        )
    ]


def _mean(estimates: Estimates, level: SchoolLevel) -> str:
    row = of_level(estimates, "ips_mean", level)
    if row is None:
        return ""
    base = plural(row.denominator or 0, level.one, level.several)
    if row.n > (row.denominator or 0):
        base += f", {plural(row.n, 'élève')}"
    said = f"{level.label} : IPS moyen de {value_text(row)} ({base})"
    rule = _rule(estimates, level)
    if rule is None or abs(gap := (row.value or 0) - rule[1]) < _SAID:
        return f"{said}."
    if abs(gap) <= NEUTRAL:
        return f"{said}, égal à la moyenne de référence ({number(rule[1], 1)} ; écart de 3 points au plus, non interprétable)."
    way = "au-dessus" if gap > 0 else "au-dessous"
    return f"{said}, {number(abs(gap), 1)} points {way} de la moyenne de référence ({number(rule[1], 1)})."


def _rule(estimates: Estimates, level: SchoolLevel) -> tuple[float, float] | None:
    """Threshold in percent and mean."""
    row = of_level(estimates, "beyond", level)
    if row is None or row.effect is None:
        return None
    return float(row.effect["threshold"]), float(row.effect["mean"])


def _is_far(value: float, rule: tuple[float, float]) -> bool:
    return abs(value / rule[1] - 1) * 100 > rule[0]


def _far(estimates: Estimates, level: SchoolLevel) -> str:
    row, rule = of_level(estimates, "beyond", level), _rule(estimates, level)
    if row is None or rule is None:
        return ""
    low, high = rule[1] * (1 - rule[0] / 100), rule[1] * (1 + rule[0] / 100)
    bounds = f"sous {number(low, 1)} ou au-dessus de {number(high, 1)}"
    said = f"À plus de {number(rule[0])} % de la moyenne (IPS {bounds}) : "
    if not row.numerator:
        return f"{said}aucun des {number(row.denominator)} établissements."
    each = [part.label for part in parts(estimates, "ips_by_school", level) if _is_far(part.value or 0, rule)]
    said += f"{number(row.numerator)} sur {number(row.denominator)} ({join_words(each)})"
    pupils = of_level(estimates, "pupils_beyond", level)
    return f"{said}, {value_text(pupils)} des élèves." if pupils is not None else f"{said}."


def _between(estimates: Estimates, level: SchoolLevel) -> str:
    row = of_level(estimates, "between_share", level)
    if row is None:
        return ""
    return f"{value_text(row)} des écarts sociaux entre élèves tiennent à l’établissement fréquenté ({plural(row.n, 'élève')})."


def _moves(estimates: Estimates, level: SchoolLevel) -> str:
    rows = [row for row in parts(estimates, "ips_moves", level) if row.value is not None]
    if not rows:
        return ""
    words = ("en baisse", "stables (moins de 3 points)", "en hausse")
    told = [f"{number(row.numerator)} {word}" for row, word in zip(rows, words, strict=True) if row.numerator]
    return f"D’une rentrée à l’autre, sur {plural(rows[0].denominator or 0, 'établissement')} : {join_words(told)}."


def _entropy(estimates: Estimates, level: SchoolLevel) -> str:
    row = of_level(estimates, "entropy", level)
    if row is None or row.effect is None:
        return ""
    said = (
        f"Indice d’entropie {_index(row.value)} ({plural(row.n, 'élève')}) : 0 si chaque établissement avait la mixité"
        f" de l’ensemble, 1 s’il n’y en avait aucune ; le simple hasard donnerait {_index(float(row.effect['expected']))}."
    )
    private = of_level(estimates, "private_share", level)
    if private is not None:
        said += f" {value_text(private)} de l’indice vient de l’écart entre public et privé."
    return said


def _exposure(estimates: Estimates, level: SchoolLevel) -> str:
    row = of_level(estimates, "exposure", level)
    if row is None or row.effect is None:
        return ""
    group, others = float(row.effect["group"]), float(row.effect["others"])
    gap = f"écart de {number(abs(row.value or 0))} {'point' if abs(row.value or 0) < 2 else 'points'}"
    return (
        f"Un élève défavorisé a en moyenne {percent(group)} d’élèves défavorisés dans son établissement, un autre élève"
        f" {percent(others)} : {gap} ({plural(row.n, 'élève')})."
    )


def _chance(estimates: Estimates, level: SchoolLevel) -> str:
    row = of_level(estimates, "dissimilarity", level)
    if row is None or row.effect is None or row.test is None:
        return ""
    p = float(row.test["p"])
    said = f"p < {number(0.001, 3)}" if p < 0.001 else f"p = {number(p, 3 if p < 0.01 else 2)}"
    verdict = "l’écart dépasse ce que donne le hasard" if p < 0.05 else "l’écart n’est pas distinguable du hasard"
    expected = _index(float(row.effect["expected"]))
    return (
        f"Indice de dissimilarité {_index(row.value)} pour {plural(row.n, 'élève')} ; le simple hasard donnerait"
        f" {expected} : {verdict} ({said})."
    )


def _structure(estimates: Estimates, level: SchoolLevel) -> str:
    row = of_level(estimates, "structure_change", level)
    if row is None or row.effect is None or row.value is None:
        return ""
    before, after, chance = (float(row.effect[name]) for name in ("before", "after", "chance"))
    clear = abs(row.value) > chance
    verdict = (
        f"une {'hausse' if row.value > 0 else 'baisse'} plus grande que les hasards d’une année à l’autre"
        if clear
        else "pas plus que les hasards d’une année à l’autre : la ségrégation n’a pas changé de façon visible"
    )
    moved = signed(row.value, 3) if _index(abs(row.value)) != _index(0) else "moins de 0,001"
    return (
        f"Depuis la rentrée d’avant, l’information mutuelle passe de {_index(before)} à {_index(after)} ; à composition"
        f" égale, le changement est de {moved}, {verdict}."
    )


def _outside(estimates: Estimates, level: SchoolLevel) -> str:
    row = of_level(estimates, "outside", level)
    if row is None:
        return ""
    said = (
        f"{number(row.numerator)} des {number(row.denominator)} élèves du territoire ({value_text(row)}) sont scolarisés"
        " hors de leur établissement de secteur"
    )
    poor = of_level(estimates, "outside_disadvantaged", level)
    others = of_level(estimates, "outside_others", level)
    if poor is not None and others is not None:
        said += f" : {value_text(poor)} des élèves défavorisés, {value_text(others)} des autres"
    return f"{said}. Les raisons ne sont pas connues."


def _index(value: float | None) -> str:
    return number(value, 3)


def dots(estimates: Estimates, level: SchoolLevel, size: Size = PRINT) -> list[Figure]:
    """The index of each school around the mean, or nothing."""
    rows = [row for row in parts(estimates, "ips_by_school", level) if row.value is not None]
    rule = _rule(estimates, level)
    if not rows or rule is None:
        return []
    far = [row for row in rows if _is_far(row.value or 0, rule)]
    band = f"à plus de {number(rule[0])} % de la moyenne"
    counted = f"{plural(len(far), level.one, level.several)} sur {number(len(rows))}"
    title = f"{counted} {band}" if far else f"Aucun {level.one} {band}"
    if not far and level is SchoolLevel.PRIMARY:
        title = title.replace("Aucun", "Aucune")
    drawn = [
        SchoolDot(row.label, row.value or 0, number(row.value, 1), _is_private(row), _is_far(row.value or 0, rule))
        for row in rows
    ]
    said = spoken("IPS de chaque établissement", rows)
    mean = f"moyenne {number(rule[1], 1)}"
    return [
        Figure(
            title=french(title),
            subtitle=french("IPS de chaque établissement. Bande grise : l’écart admis autour de la moyenne."),
            svg=school_dots(said, drawn, rule[1], mean, rule[0], size),
            reading=french(f"{rows[0].label} : IPS de {value_text(rows[0])}."),
            scope=french(plural(len(rows), "établissement")),
            source="IPS publiés par la DEPP",
            table=table_of(rows),
        )
    ]


def _is_private(row: Estimate) -> bool:
    return bool(row.effect and row.effect.get("sector") == "private")


def origins(estimates: Estimates, level: SchoolLevel) -> list[Figure]:
    """The part of disadvantaged pupils in each school, or nothing."""
    rows = parts(estimates, "disadvantaged_by_school", level)
    known: Sequence[Estimate] = [row for row in rows if row.value is not None and not is_small(row)]
    if not known:
        return []
    shares = sorted(row.value or 0 for row in known)
    title = f"De {percent(shares[0])} à {percent(shares[-1])} d’élèves défavorisés selon l’établissement"
    together = of_level(estimates, "disadvantaged", level)
    scope = f"{number(together.denominator)} élèves" if together is not None else ""
    subtitle = CATALOGUE["schools.disadvantaged_by_school"].definition
    return [share_figure(rows, title, ordinal=True, subtitle=subtitle, scope=scope)]
