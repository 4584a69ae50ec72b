"""The chapter on cohorts, and the sentences that its page on the screen shares."""

from collections.abc import Sequence

from impact.wording import NBSP, french, join_words, number, plural, signed
from impact_maps.indicators import CATALOGUE
from reports.charts_of_answers import Change, change
from reports.composition.document import Callout, Chapter, Figure, Table
from reports.composition.drawings import first_reading, spoken, table_of
from reports.composition.ladder import Design, caveat
from reports.composition.words import MASKED, Estimates, about_reversed, sentence, value_text
from reports.records import Estimate

VERDICTS = {
    "marked_rise": "Progression marquée",
    "some_rise": "Progression, ampleur incertaine",
    "no_notable_change": "Pas de changement notable",
    "inconclusive": "On ne peut pas conclure",
    "some_fall": "Recul, ampleur incertaine",
    "marked_fall": "Recul marqué",
}
CAVEAT = caveat(Design.BEFORE_AFTER)
SCORES_HEADER = ("Mesure", "Début", "Fin", "Évolution", "Marge", "p corrigée", "Écart (g)", "n")
_DENOMINATORS = {
    "concerned": ("personne concernée", "personnes concernées"),
    "asked": ("invitée la dernière fois", "invitées la dernière fois"),
    "answered_last": ("réponse", "réponses"),
    "pairs": ("paire complète", "paires complètes"),
}
_ENDS = ("before", "after")
_WARNED = {"flag": "à signaler", "warn": "forte"}
# A drawing holds on one page with its numbers.
_MOST_ITEMS = 6


def chapters(estimates: Estimates) -> list[Chapter]:
    """One chapter when a cohort was asked twice, none otherwise."""
    pairs = [row for row in estimates.rows("cohort.complete_pairs") if row.value is not None or row.masked]
    if not pairs:
        return []
    primary = outcome(estimates)
    return [
        Chapter(
            key="cohortes",
            short="Les cohortes",
            title="Qu’est-ce qui change pour les mêmes personnes ?",
            summary=french(f"{value_text(pairs[0])} de paires complètes, {pairs[0].label}"),
            finding=change_sentence(primary) if primary else " ".join(sentence(row) for row in pairs[:2]),
            figures=tuple(_figures(estimates, pairs)),
            callouts=(
                Callout("Ce que ces évolutions ne permettent pas de dire", (CAVEAT, *_losses(estimates, pairs))),
            ),
        )
    ]


def outcome(estimates: Estimates, start: str = "") -> Estimate | None:
    """The measure announced before the answers, of the public whose categories begin so."""
    rows = [*estimates.rows("cohort.score_change"), *estimates.rows("cohort.net_change")]
    return next((row for row in rows if row.category.startswith(start) and (row.effect or {}).get("primary")), None)


def verdict_of(row: Estimate) -> str:
    """The verdict in words, empty when nothing was announced or computed."""
    return french(VERDICTS.get(str((row.effect or {}).get("verdict", "")), ""))


def change_sentence(row: Estimate) -> str:
    """Verdict, counts or means, interval, the change announced, p."""
    if row.masked or row.value is None:
        return sentence(row)
    facts = row.effect or {}
    said = [f"{verdict_of(row)}." if verdict_of(row) else "", _counts(row) if "up" in facts else _means(row)]
    if "smallest" in facts:
        said.append(
            f"Le plus petit changement qui compte était fixé avant les réponses : {_points(facts['smallest'])}."
        )
    if facts.get("verdict") == "inconclusive" and "detectable" in facts:
        said.append(
            f"Avec {plural(row.n, 'personne')}, un changement de moins de {_points(facts['detectable'])} ne se voit pas."
        )
    if p_text(row):
        said.append(f"{p_text(row)} : {_meaning(row)}")
    return french(" ".join(part for part in said if part))


def p_text(row: Estimate) -> str:
    """« p = 0,03 », the corrected one where there is one; empty without a test."""
    test = row.test or {}
    p = test.get("p_adjusted", test.get("p"))
    if p is None:
        return ""
    value = float(p)
    return "p < 0,001" if value < 0.001 else f"p = {number(value, 3 if value < 0.01 else 2)}"


def denominators(row: Estimate) -> str:
    """The three denominators, and the complete pairs."""
    facts = row.effect or {}
    if "pairs" not in facts:
        return sentence(row)
    counts = {name: float(facts[name]) for name in _DENOMINATORS if name in facts}
    told = ", ".join(plural(count, *_DENOMINATORS[name]) for name, count in counts.items())
    twice = float(facts.get("ambiguous", 0))
    words = ("code servait à deux personnes : écarté", "codes servaient à deux personnes : écartés")
    return french(f"{row.label} : {told}.{f' {plural(twice, *words)}.' if twice else ''}")


def score_row(row: Estimate) -> tuple[str, ...]:
    """One line under `SCORES_HEADER`."""
    facts, name = row.effect or {}, row.label.partition(" : ")[2] or row.label
    name = name[:1].upper() + name[1:]
    if row.masked or row.value is None:
        return (
            french(name),
            "–",
            "–",
            MASKED if row.masked else "trop peu de paires",
            "",
            "",
            "",
            number(row.n or None),
        )
    decimals = _decimals(row)
    means = tuple(number(float(facts[end]), decimals) if end in facts else "–" for end in _ENDS)
    interval = _between(row).removeprefix("de").strip().replace(" ", NBSP) if row.low is not None else ""
    size = signed(float(facts["g"]), 2) if "g" in facts else "–"
    fragile = " (fragile)" if (row.test or {}).get("fragile") == "true" else ""
    primary = " (annoncée)" if facts.get("primary") else ""
    p = p_text(row).replace("p = ", "").replace("p < ", "< ")
    return (
        french(name + primary), *means, signed(row.value, decimals), interval, french(p + fragile), size, number(row.n),
    )  # fmt: skip


def loss_sentence(row: Estimate) -> str:
    """How those who were lost differed at the beginning."""
    level = _WARNED.get(str((row.effect or {}).get("level", "")), "")
    if row.value is None or row.masked or not level:
        return ""
    side = "plus haut" if row.value > 0 else "plus bas"
    return french(
        f"Perte sélective {level} : les personnes restées partaient {side} que les personnes perdues"
        f" ({number(abs(row.value), 2)} écart-type). Le résultat est probablement trop"
        f" {'favorable' if row.value > 0 else 'défavorable'}."
    )


def changes(rows: Sequence[Estimate]) -> list[Change]:
    """Items as they are drawn: declines on the left, progress on the right."""
    return [_drawn(row) for row in rows]


def _figures(estimates: Estimates, pairs: Sequence[Estimate]) -> list[Figure]:
    found = []
    for pair in pairs:
        rows = [row for row in estimates.rows("cohort.net_change") if row.category.startswith(f"{pair.category}/")]
        scores = [row for row in estimates.rows("cohort.score_change") if row.category.startswith(f"{pair.category}/")]
        if rows:
            found.append(_figure(pair, rows, scores))
    return found


def _figure(pair: Estimate, rows: list[Estimate], scores: list[Estimate]) -> Figure:
    indicator = CATALOGUE["cohort.net_change"]
    shown, only = _shown(rows)
    table = Table(SCORES_HEADER, tuple(score_row(row) for row in scores)) if scores else table_of(shown)
    return Figure(
        title=french(f"{pair.label} : {_progress(rows)}"),
        subtitle=french(
            f"Personnes qui répondent moins, autant ou plus favorablement qu’au début ; à droite, le solde.{only}{about_reversed(shown)}"
        ),
        svg=change(spoken(indicator.title, shown), changes(shown)),
        reading=first_reading([row for row in rows if row.low is not None] or rows),
        scope=denominators(pair).rstrip("."),
        source=indicator.source,
        table=table,
        table_title="Scores des mêmes personnes que la figure" if scores else "",
    )


def _progress(rows: Sequence[Estimate]) -> str:
    """Of the questions whose margin is known: a hidden one may be a progress too."""
    known = [row.low for row in rows if row.low is not None]
    clear, hidden = sum(low > 0 for low in known), len(rows) - len(known)
    asked = plural(len(known), "question")
    others = f" ; {plural(hidden, 'autre sans résultat', 'autres sans résultat')}" if hidden else ""
    if not clear:
        return f"aucun progrès net, sur {asked}{others}"
    return f"{'progrès net' if clear == 1 else 'progrès nets'} sur {number(clear)} des {asked}{others}"


def _shown(rows: list[Estimate]) -> tuple[list[Estimate], str]:
    """All the questions, or those that moved most and the words that say so."""
    if len(rows) <= _MOST_ITEMS:
        return rows, ""
    moved = sorted(rows, key=lambda row: (row.low is None, -abs(row.value or 0)))[:_MOST_ITEMS]
    asked = f"{_MOST_ITEMS} questions"
    which = asked if any(row.masked for row in rows) else f"Les {asked} qui bougent le plus"
    said = f" {which}, sur {number(len(rows))} ; les autres sont dans le fichier joint."
    return [row for row in rows if row in moved], said


def _losses(estimates: Estimates, pairs: Sequence[Estimate]) -> list[str]:
    """The first score of each public: what the losses do to it."""
    found = []
    for pair in pairs:
        loss, bounds = (
            next(
                (row for row in estimates.rows(f"cohort.{code}") if row.category.startswith(f"{pair.category}/")), None
            )
            for code in ("selective_loss", "score_bounds")
        )
        said = [loss_sentence(loss)] if loss and loss_sentence(loss) else []
        said += [sentence(bounds)] if bounds and bounds.value is not None else []
        found += [french(f"{pair.label}. {' '.join(said)}")] if said else []
    return found


def _drawn(row: Estimate) -> Change:
    counts = row.effect or {}
    down, same, up = (int(counts[name]) if name in counts else None for name in ("down", "same", "up"))
    # A balance without its margin would be read for more than it is.
    told = row.value is not None and row.low is not None
    net, low, high = (bound / 100 if told and bound is not None else None for bound in (row.value, row.low, row.high))
    certain = low is not None and high is not None and (low > 0 or high < 0)
    return Change(
        label=french(row.label.partition(" : ")[2] or row.label),
        base=french("n masqué" if row.masked else f"n = {number(row.n)}"),
        down=down,
        same=same,
        up=up,
        net=net,
        low=low,
        high=high,
        net_text=signed(row.value) if told and row.value is not None else "",
        certain=certain,
        masked=MASKED if row.masked or not counts else "",
    )


def _counts(row: Estimate) -> str:
    facts = row.effect or {}
    told = join_words(
        [
            plural(float(facts["up"]), "répond plus favorablement", "répondent plus favorablement"),
            f"{number(float(facts['same']))} pareil",
            f"{number(float(facts['down']))} moins favorablement",
        ]
    )
    return f"{_quoted(row)} : sur {_twice(row)}, {told}."


def _quoted(row: Estimate) -> str:
    """The public, then what was measured between quotation marks: one colon a sentence is enough."""
    public, _, measure = row.label.partition(" : ")
    return f"{public}, « {measure.rstrip('.')} »" if measure else row.label


def _means(row: Estimate) -> str:
    facts = row.effect or {}
    decimals = _decimals(row)
    means = [number(float(facts[end]), decimals) for end in _ENDS if end in facts]
    ends = f"le score passe de {' à '.join(means)}, soit " if means else ""
    between = f" ({_between(row)})" if row.low is not None else ""
    change_told = f"{signed(row.value or 0, decimals)} {_point(row.value or 0)}{between}"
    return f"{_quoted(row)} : sur {_twice(row)}, {ends}{change_told}."


def _twice(row: Estimate) -> str:
    return plural(row.n, "personne interrogée deux fois", "personnes interrogées deux fois")


def _between(row: Estimate) -> str:
    decimals = _decimals(row)
    return french(f"de {signed(row.low or 0, decimals)} à {signed(row.high or 0, decimals)}")


def _decimals(row: Estimate) -> int:
    """Two; one where protection has kept one, so that a change is written as finely as its means."""
    held = [row.value, row.low, row.high, *(float((row.effect or {}).get(end, 0)) for end in _ENDS)]
    return 1 if all(round(value, 1) == value for value in held if value is not None) else 2


def _meaning(row: Estimate) -> str:
    test = row.test or {}
    if float(test.get("p_adjusted", test["p"])) < 0.05:
        return "un tel écart serait peu probable si rien n’avait changé."
    return "un tel écart peut venir du hasard."


def _points(value: float | str) -> str:
    return f"{number(float(value), 2)} {_point(float(value))}"


def _point(value: float) -> str:
    return "point" if abs(value) < 2 else "points"
