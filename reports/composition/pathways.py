"""The chapters on a PRE: who is followed, what becomes of situations, how long support lasts."""

from impact.wording import french, join_words, number, plural, signed
from reports.charts_of_answers import Change, change
from reports.composition import national, staying
from reports.composition.cohorts import p_text
from reports.composition.document import Callout, Chapter, Figure, Table
from reports.composition.drawings import first_named, first_reading, largest, share_figure, spoken
from reports.composition.words import MASKED, Estimates, sentence, value_text
from reports.records import Estimate

_CHANGES = ("", "Reculent", "Inchangés", "Progressent", "Solde", "Marge", "p")


def chapters(estimates: Estimates) -> list[Chapter]:
    """Three chapters when a situation or a pathway is known, none otherwise."""
    followed, received = (estimates.one(f"pre.{code}") for code in ("children_followed", "situations_received"))
    if not any(row is not None and (row.value or row.masked) for row in (followed, received)):
        return []
    return [_public(estimates), _situations(estimates), *_progress(estimates), staying.chapter(estimates)]


def _share(rows: list[Estimate], title: str, **options: object) -> list[Figure]:
    rows = [row for row in rows if row.numerator or row.masked]
    return [share_figure(rows, title, **options)] if rows else []  # type: ignore[arg-type]


def _public(estimates: Estimates) -> Chapter:
    ages, motives, origins = (estimates.rows(f"pre.{code}") for code in ("children_by_age", "motives", "origins"))
    sexes = estimates.rows("pre.children_by_sex")
    followed = estimates.one("pre.children_followed")
    top_age = largest(ages)
    figures = _share(
        ages,
        _of_age(top_age) if top_age else "Âge des enfants",
        ordinal=True,
        marks=national.AGE_SHARES,
        marks_name="France",
        subtitle="Enfants suivis, selon leur âge au premier jour de la période.",
    )
    figures += _share(
        sexes, _sexes(sexes), marks={"boy": national.BOYS, "girl": 1 - national.BOYS}, marks_name="France"
    )
    figures += _share(
        motives, first_named(motives, "premier des motifs", "premiers des motifs", "Motifs d’orientation")
    )
    figures += _share(
        origins,
        first_named(
            origins,
            "première origine des situations",
            "premières origines des situations",
            "Origine des situations",
        ),
    )
    profiles = estimates.rows("pre.children_by_profile")
    figures += _share(
        profiles,
        first_named(profiles, "profil le plus fréquent", "profils les plus fréquents", "Profils d’accompagnement"),
        subtitle="Enfants suivis, selon le profil de leur parcours. Aucun texte public ne définit ces profils : ils sont ceux du PRE.",
    )
    count = value_text(followed) if followed else "–"
    return Chapter(
        key="public",
        short="Qui est suivi",
        title="Qui est suivi ?",
        summary=french(f"{count} {_several(followed, 'enfant suivi', 'enfants suivis')}"),
        finding=french(
            f"{count} {_several(followed, 'enfant ou jeune a été suivi', 'enfants et jeunes ont été suivis')}"
            + (f" ; {_of_age(top_age).lower()}." if top_age else ".")
        ),
        figures=tuple(figures),
    )


def _situations(estimates: Estimates) -> Chapter:
    outcomes, exits, results = (
        estimates.rows(f"pre.{code}") for code in ("situations_by_outcome", "exits_by_reason", "objectives")
    )
    taken, delay, ended = (estimates.one(f"pre.{code}") for code in ("situations_taken_up", "decision_delay", "exits"))
    top_result = largest(results)
    figures = _share(outcomes, sentence(taken).rstrip(".") if taken and taken.value is not None else "Décisions")
    figures += _share(
        exits, first_named(exits, "premier motif de sortie", "premiers motifs de sortie", "Motifs de sortie")
    )
    figures += _share(
        results, f"Objectifs : {_lower(top_result.label)} pour {value_text(top_result)}" if top_result else "Objectifs"
    )
    parts = [sentence(row) for row in (taken, delay) if row is not None and row.value is not None]
    return Chapter(
        key="situations",
        short="Les situations",
        title="Que deviennent les situations ?",
        summary=french(f"{plural(ended.value, 'parcours terminé', 'parcours terminés')}")
        if ended and ended.value is not None
        else "De la réception à la sortie",
        finding=" ".join(parts),
        figures=tuple(figures),
        callouts=(
            Callout(
                "Toutes les situations comptent",
                ("Une situation qui n’a jamais été prise en charge reste dans le compte.",),
                "plain",
            ),
        ),
    )


def _progress(estimates: Estimates) -> list[Chapter]:
    """Paired reviews by domain, when a child was reviewed twice."""
    rows = [row for row in estimates.rows("pre.domain_change") if row.value is not None or row.masked]
    if not rows:
        return []
    best = largest(rows)
    twice = max(row.n for row in rows)
    return [
        Chapter(
            key="evolution",
            short="L’évolution",
            title="Qu’observe-t-on d’un bilan à l’autre ?",
            summary=french(plural(len(rows), "domaine revu", "domaines revus")),
            finding=sentence(best) if best and (best.value or 0) > 0 else "Aucun domaine ne montre de progrès net.",
            figures=(_changes(rows, twice),),
            callouts=(
                Callout(
                    "Ce que ces notes ne permettent pas de dire",
                    (
                        "Une évolution observée n’est pas un effet du programme : les enfants grandissent, et ceux qui"
                        " commencent très bas remontent souvent d’eux-mêmes.",
                        "Les notes sont données par les personnes qui suivent l’enfant, avec leur raison par écrit.",
                        french(
                            "p : chance de voir un tel écart si chaque enfant avait autant pu reculer que progresser (rangs"
                            " signés, signes tirés au sort, mi-p) ; non corrigée pour plusieurs domaines."
                        ),
                    ),
                ),
            ),
        )
    ]


def _changes(rows: list[Estimate], twice: int) -> Figure:
    drawn = [_change(row) for row in rows]
    better = sum(row.low is not None and row.low > 0 for row in rows)
    return Figure(
        title=french(f"Progrès net dans {better} des {plural(len(rows), 'domaine revu', 'domaines revus')}"),
        subtitle=french(
            "Enfants qui reculent, restent, progressent ; à droite, progrès moins reculs, en points, et marge"
            " d’incertitude ; rond vide : la marge contient zéro."
        ),
        svg=change(spoken("Évolution observée par domaine", rows), drawn),
        reading=first_reading(rows),
        scope=french(f"{number(twice)} enfants au plus, revus au moins deux fois"),
        source="bilans de parcours",
        table=Table(_CHANGES, tuple(_ends(row) for row in rows)),
    )


def _ends(row: Estimate) -> tuple[str, ...]:
    """Counts, net improvement and its interval, and the p of the sign-flip test of the steps between two reviews."""
    facts, p = row.effect or {}, p_text(row).replace("p = ", "").replace("p < ", "< ")
    told = tuple(number(float(facts[name])) if name in facts else MASKED for name in ("down", "same", "up"))
    net = MASKED if row.value is None else signed(row.value)
    bounds = f"{signed(row.low)} à {signed(row.high)}" if row.low is not None and row.high is not None else "–"
    return (french(row.label), *told, net, french(bounds), french(p) or "–")


def _change(row: Estimate) -> Change:
    counts = row.effect or {}
    down, same, up = (int(counts[name]) if name in counts else None for name in ("down", "same", "up"))
    certain = row.low is not None and row.high is not None and (row.low > 0 or row.high < 0)
    return Change(
        label=french(row.label),
        base=french("n masqué" if row.masked else f"n = {number(row.n)}"),
        down=down,
        same=same,
        up=up,
        net=_share_of(row.value),
        low=_share_of(row.low),
        high=_share_of(row.high),
        net_text="" if row.value is None else signed(row.value),
        certain=certain,
        masked=MASKED if row.masked or not counts else "",
    )


def _share_of(points: float | None) -> float | None:
    return None if points is None else points / 100


def _of_age(row: Estimate) -> str:
    children = plural(row.numerator or 0, "enfant")
    return french(f"{children} sur {number(row.denominator)} {'ont' if (row.numerator or 0) > 1 else 'a'} {row.label}")


def _several(row: Estimate | None, one: str, several: str) -> str:
    return one if row is not None and row.value is not None and row.value < 2 else several


def _sexes(rows: list[Estimate]) -> str:
    said = [plural(row.numerator or 0, _lower(row.label)) for row in rows if row.value is not None]
    return join_words(said).capitalize() if said else "Filles et garçons"


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]
