"""What the annual report of a PRE says: delays, exits, means, France, time in programme, and the page for families."""

from dataclasses import replace
from datetime import date

import pytest

from impact.periods import school_year
from impact.vocabulary import Audience, CommunityKind
from reports.composition import bilan, pathways, plain_words, staying
from reports.composition.compose import compose
from reports.composition.context import Context
from reports.composition.document import Chapter
from reports.composition.drawings import first_named
from reports.composition.words import Estimates
from reports.computing.estimating import count, estimate, share
from reports.disclosure import JOINT
from reports.records import Estimate
from reports.vocabulary import ReportKind

CONTEXT = Context("PRE", "Clairvigne", CommunityKind.PRE, school_year(2025), Audience.FUNDER, date(2026, 9, 1), "1")
NOTHING = Estimates([])


def plain(text: str) -> str:
    """With ordinary spaces."""
    return text.replace("\xa0", " ").replace("\u202f", " ")


def only(chapters: list[Chapter]) -> Chapter:
    [chapter] = chapters
    return chapter


def curve(*points: tuple[int, float]) -> list[Estimate]:
    """Points of the time in programme."""
    return [
        estimate(
            "pre.curve", value, category=str(months), label=f"{months} mois", n=60 - months, low=value / 2, high=1.0
        )
        for months, value in points
    ]


@pytest.mark.parametrize("section", [bilan.waiting, bilan.work, bilan.outcomes, bilan.means, bilan.beside_france])
def test_nothing_known_gives_no_chapter(section: object) -> None:
    assert section(NOTHING) == []  # type: ignore[operator]


def test_delays_are_medians_with_their_base_and_those_who_wait() -> None:
    rows = [estimate("pre.decision_delay", 16.0, n=80, numerator=80.0, denominator=80.0), count("pre.waiting", 7)]
    chapter = only(bilan.waiting(Estimates(rows)))
    assert plain(chapter.summary) == "16 jours jusqu’à la décision"
    assert [plain(cell) for cell in chapter.figures[0].table.rows[0][1:3]] == ["16 jours", "80"]  # type: ignore[union-attr]
    assert "7" in chapter.callouts[0].lines[0]


def test_exits_tell_objectives_relay_and_opinions_without_speaking_of_an_effect() -> None:
    rows = [count("pre.exits", 70), share("pre.objective_reached", 45, 70), share("pre.relay", 52, 70)]
    rows += [share("pre.opinions", 38, 70, category="child", label="Avis de l’enfant")]
    rows += [share("pre.opinions", 47, 70, category="parents", label="Avis des parents")]
    chapter = only(bilan.outcomes(Estimates(rows)))
    assert "64 %" in plain(chapter.finding)
    assert chapter.figures[1].title.startswith("Avis des parents")
    assert "groupe de comparaison" in chapter.callouts[0].lines[0]
    assert bilan.outcomes(Estimates([count("pre.exits", 0)])) == []


def test_means_say_hours_and_cost_per_pathway_and_do_not_divide_by_a_result() -> None:
    rows = [estimate("pre.action_hours", 34.5, n=74), estimate("pre.cost", 444.2, n=74, numerator=32870.8)]
    chapter = only(bilan.means(Estimates(rows)))
    assert plain(chapter.summary) == "444 € par parcours en moyenne"
    [told] = chapter.tables
    assert plain(told.title) == "La moitié des 74 parcours ont au plus 34,5 heures d’action"
    assert "diviser par un résultat" in told.subtitle
    assert plain(told.table.rows[1][1]) == "444 €"
    assert plain(chapter.finding).endswith("en moyenne : 444 € (74 parcours).")


def test_work_draws_its_shares_under_the_first_of_them_and_lists_the_rest() -> None:
    rows = [count("pre.contacts", 314), share("pre.home_visits", 48, 160), share("pre.reviewed_twice", 114, 160)]
    chapter = only(bilan.work(Estimates(rows)))
    figure, [told] = chapter.figures[0], chapter.tables
    assert plain(figure.title).startswith("48 ")
    assert figure.table is not None
    assert [plain(row[1]) for row in figure.table.rows] == ["30 %", "71 %"]
    assert [plain(row[1]) for row in told.table.rows] == ["314"]


def test_france_stands_beside_ages_that_were_merged() -> None:
    merged = share("pre.children_by_age", 53, 160, category=f"11-16{JOINT}17+", label="11 à 16 ans / 17 ans et plus")
    unknown = share("pre.children_by_age", 5, 160, category="0-1", label="Moins de 2 ans")
    chapter = only(bilan.beside_france(Estimates([count("pre.children_followed", 160), merged, unknown])))
    figure, [told] = chapter.figures[0], chapter.tables
    assert figure.table is not None
    assert [[plain(cell) for cell in row] for row in figure.table.rows] == [
        ["11 à 16 ans / 17 ans et plus", "33 %", "33,0 %"]
    ]
    assert plain(figure.title) == "Partout à moins d’un point de la France"
    assert "11 à 16 ans / 17 ans et plus : 33 % ici, 33,0 % en France" in plain(figure.reading)
    assert "enquête nationale" in figure.source
    assert [plain(row[0]) for row in told.table.rows] == ["Enfants suivis"]
    assert plain(told.title) == "Enfants suivis : 160 ici, 160 en moyenne par PRE"


def test_the_widest_gap_with_france_is_named_when_there_is_one() -> None:
    young = share("pre.children_by_age", 53, 160, category="2-5", label="2 à 5 ans")
    chapter = only(bilan.beside_france(Estimates([count("pre.children_followed", 160), young])))
    title = plain(chapter.figures[0].title)
    assert title == "L’écart le plus grand avec la France. 2 à 5 ans : 33 % ici, 14,6 % en France"


def test_the_curve_is_drawn_when_two_points_are_known_and_not_otherwise() -> None:
    drawn = staying.chapter(Estimates(curve((3, 0.9), (6, 0.8), (12, 0.5))))
    assert plain(drawn.figures[0].title) == "Après 12 mois, 50 % des parcours sont encore ouverts"
    hidden = [replace(row, value=None, masked=True) for row in curve((3, 0.9), (6, 0.8))]
    assert staying.chapter(Estimates([*hidden, *curve((12, 0.5))])).figures == ()


def test_reasons_compete_and_the_title_says_who_stays() -> None:
    rows = [
        estimate("pre.gone_by_reason", 0.2, category="reached", label="Objectifs atteints", numerator=12.0, denominator=60.0, n=60),
        estimate("pre.gone_by_reason", 0.8, category="remaining", label="Encore suivis", numerator=48.0, denominator=60.0, n=60),
    ]  # fmt: skip
    figure = staying.chapter(Estimates(rows)).figures[0]
    assert plain(figure.title) == "Un an après la décision, 80 % sont encore suivis"
    assert "100 %" in plain(figure.subtitle)


def domain(name: str, down: int, same: int, up: int, low: float, high: float) -> Estimate:
    """One domain as reviewed twice."""
    n = down + same + up
    effect: dict[str, float | str] = {"name": "directions", "down": down, "same": same, "up": up}
    return estimate(
        "pre.domain_change", 100 * (up - down) / n, category=name, label=name, n=n, low=low, high=high, effect=effect,
        test={"name": "sign_flip", "p": 0.004},
    )  # fmt: skip


def test_reviews_tell_who_declined_stayed_progressed_with_interval_and_p() -> None:
    rows = [domain("École", 14, 32, 59, 28, 56), domain("Sport", 22, 56, 27, -8, 18)]
    chapters = pathways.chapters(Estimates([count("pre.children_followed", 160), *rows]))
    figure = next(chapter for chapter in chapters if chapter.key == "evolution").figures[0]
    assert plain(figure.title) == "Progrès net dans 1 des 2 domaines revus"
    assert figure.table is not None
    assert [plain(cell) for cell in figure.table.rows[0]] == [
        "École", "14", "32", "59", "+43", "+28 à +56", "0,004",
    ]  # fmt: skip
    masked = replace(rows[0], effect=None, low=None, high=None, test=None)
    alone = pathways.chapters(Estimates([count("pre.children_followed", 160), masked]))
    drawn = next(chapter for chapter in alone if chapter.key == "evolution").figures[0]
    assert "progressent" not in drawn.svg.partition("</title>")[2]


def test_families_read_six_numbers_in_simple_words_and_no_small_one() -> None:
    rows = [
        count("pre.children_followed", 160), estimate("pre.decision_delay", 16.4, n=80), share("pre.objective_reached", 45, 70),
        share("pre.relay", 3, 8),
    ]  # fmt: skip
    told = plain_words.key_figures(Estimates(rows))
    assert [(plain(figure.number), figure.unit) for figure in told] == [("160", ""), ("16", "jours"), ("6 sur 10", "")]
    document = compose(replace(CONTEXT, report_kind=ReportKind.FAMILIES), rows)
    assert document.one_page
    assert plain(document.headline) == "Cette année, 160 enfants et jeunes ont été accompagnés"
    assert document.limits.callouts == (plain_words.caution(),)
    assert plain_words.chapters(NOTHING) == []


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ((0.5, 0.3, 0.2), "Appel : première forme"),
        ((0.3, 0.4, 0.3), "Message : première forme"),
        ((0.4, 0.4, 0.2), "Appel et message : premières formes"),
        ((0.3, 0.3, 0.3), "Formes de contact"),
        ((None, None, None), "Formes de contact"),
    ],
)
def test_a_title_names_the_first_and_those_as_high(values: tuple[float | None, ...], title: str) -> None:
    rows = [
        estimate("pre.contacts_by_kind", value, category=label, label=label)
        for label, value in zip(("Appel", "Message", "Visite"), values, strict=True)
    ]
    assert first_named(rows, "première forme", "premières formes", "Formes de contact") == title
