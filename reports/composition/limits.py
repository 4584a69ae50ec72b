"""What the data do not allow anyone to say, and the annex of definitions."""

from collections.abc import Sequence

from impact.vocabulary import Audience
from impact.wording import NBSP, french, join_words, plural
from impact_maps.indicators import CATALOGUE
from reports.composition.context import Context
from reports.composition.document import Callout, Chapter, Definition
from reports.composition.found_design import found_design
from reports.composition.ladder import Design, caveat
from reports.composition.words import Estimates, unknown_by_reason


def limits(context: Context, estimates: Estimates, silent: Sequence[str] = ()) -> Chapter:
    """`silent` are the titles of the sections that had nothing to say."""
    design = found_design(estimates, mechanism=context.chain_supported > 0)
    masked = sum(row.masked for row in estimates.all)
    answered = any(row.value or row.masked for row in estimates.rows("satisfaction.responses"))
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
                *([caveat(design)] if design is not Design.ONE_WAVE or answered else []),
            ),
        ),
    ]
    unsaid = join_words([f"{title[:1].lower()}{title[1:]}" for title in silent])
    lacking = [
        *([french(f"Rien à montrer sur la période : {unsaid}.")] if silent else []),
        *(french(f"{line}.") for line in missing),
        *unknown_by_reason(estimates.all),
    ]
    if lacking:
        callouts.append(Callout("Ce qui manque", tuple(lacking)))
    if context.audience is not Audience.INTERNAL:
        lines = [
            "Un groupe de moins de 5 personnes (moins de 11 pour la santé, les violences et la famille) n’est jamais"
            " chiffré, et aucun nombre caché ne peut être retrouvé par soustraction."
        ]
        if masked:
            lines.append(f"{plural(masked, 'valeur est masquée', 'valeurs sont masquées')} dans ce rapport.")
        lines.append(
            "Une valeur déjà publiée n’est remplacée que lorsque 5 personnes au moins ont changé : elle peut donc être"
            " un peu ancienne."
        )
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


def definitions(estimates: Estimates) -> list[Definition]:
    """Of every indicator that carries a figure here: what could not be counted is told with the limits."""
    written = {row.code for row in estimates.all if row.masked or row.value is not None or row.low is not None}
    used = [code for code in CATALOGUE if code in written]
    found = [
        Definition(CATALOGUE[code].title, french(f"{CATALOGUE[code].definition}{_version(CATALOGUE[code].version)}"))
        for code in used
    ]
    general = (
        (
            "Marge d’incertitude",
            "Intervalle de confiance à 95 % : la méthode utilisée donne un intervalle contenant la vraie"
            " valeur 95 fois sur 100. Un comptage exhaustif n’en a pas.",
        ),
        ("Arrondis", "Pourcentages à l’unité, moitié vers le haut ; un total peut différer de 100."),
        ("Petites bases", "Quand la base est de 10 ou moins, le nombre est écrit seul, sans pourcentage."),
        ("Versions", "Une définition dont la version n’est pas écrite est la première : elle n’a jamais changé."),
        (
            "Données jointes",
            "Tous les chiffres de ce rapport sont dans le fichier « indicateurs.csv » attaché au document.",
        ),
    )
    return found + [Definition(french(term), french(text)) for term, text in general]


def _version(version: int) -> str:
    """Nothing for the first, which the annex tells once for all."""
    return f" Définition, version{NBSP}{version}." if version > 1 else ""
