"""The sheet for families where there is no PRE: what happened and what people answered, without a technical word."""

from dataclasses import replace
from datetime import date

import pytest

from impact.periods import school_year
from impact.vocabulary import Audience, CommunityKind
from impact_maps.indicators import Family
from reports.composition import plain_words
from reports.composition.compose import compose
from reports.composition.context import Context
from reports.composition.covers import cover
from reports.composition.document import MOST_ROWS
from reports.composition.limits import definitions, limits
from reports.composition.sections import proposed, rows_of
from reports.composition.words import Estimates
from reports.computing.estimating import count, nothing, share
from reports.records import REVERSED, Estimate
from reports.vocabulary import ReportKind

CONTEXT = Context(
    "Les ateliers",
    "Clairvigne",
    CommunityKind.COLLECTIVE,
    school_year(2025),
    Audience.PUBLIC,
    date(2026, 9, 1),
    "1",
    report_kind=ReportKind.FAMILIES,
)
WORKSHOPS = [
    count("participation.workshops_held", 7),
    count("participation.people", 33),
    *(count("participation.presences_by_workshop", 10 + rank, category=str(rank), label=f"Atelier {rank}") for rank in range(8)),
]  # fmt: skip
ANSWERS = [
    count("satisfaction.responses", 24, category="bilan", label="Bilan"),
    share("satisfaction.top_two", 12, 24, category="bilan/a", label="Je me sens écouté."),
    share("satisfaction.top_two", 18, 24, category="bilan/b", label="Je reviendrai."),
]
MEDIATION = [
    count("mediation.mediators", 12),
    share("mediation.sites", 20, 23),
    share("mediation.sites_by_kind", 20, 23, category="college", label="Collèges"),
]
TECHNICAL = ("noyau", "présences", "taux", "marge", "intervalle", "indice", "part des", "favorable", "%")


def plain(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("community", list(CommunityKind))
def test_families_read_simple_words_everywhere(community: CommunityKind) -> None:
    assert proposed(ReportKind.FAMILIES, community)[0] == "simple"


def test_what_happened_is_counted_in_simple_words() -> None:
    document = compose(CONTEXT, [*WORKSHOPS, *ANSWERS])
    assert plain(document.headline) == (
        "7 ateliers ont eu lieu, 33 personnes sont venues et 24 questionnaires ont été remplis"
    )
    assert [plain(f"{each.number} {each.what}") for each in document.key_figures] == [
        "7 ateliers ont eu lieu", "33 personnes sont venues", "24 questionnaires ont été remplis",
    ]  # fmt: skip
    assert plain(plain_words.chapters(Estimates([count("participation.workshops_held", 1)]))[0].summary) == (
        "1 atelier a eu lieu"
    )
    assert plain_words.chapters(Estimates([])) == []


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (WORKSHOPS, "Atelier 7 : l’atelier où il est venu le plus de monde"),
        ([*WORKSHOPS, *ANSWERS], "« Je reviendrai » : 18 personnes sur 24 sont contentes"),
        (MEDIATION, "Lieux où vient un médiateur : 20 sur 23"),
    ],
)
def test_the_drawing_is_in_people_and_holds_on_the_page(rows: list[Estimate], title: str) -> None:
    document = compose(CONTEXT, rows)
    figure = document.page_figure
    assert figure is not None
    assert plain(figure.title) == title
    assert figure.table is not None
    assert len(figure.table.rows) <= MOST_ROWS
    printed = (document.headline, figure.title, figure.subtitle, figure.reading, figure.svg.partition("</title>")[2])
    said = plain(" ".join(printed).lower())
    assert [word for word in TECHNICAL if word in said] == []


def test_a_reversed_sentence_is_not_told_to_families_for_its_contrary() -> None:
    bored = share("satisfaction.top_two", 20, 24, category="bilan/c", label=f"Je m’ennuie{REVERSED}")
    (figure,) = compose(CONTEXT, [*ANSWERS, bored]).chapters[0].figures
    assert "Je reviendrai" in figure.title
    assert "ennuie" not in str(figure.svg)


def test_only_what_carries_a_figure_is_defined() -> None:
    told = limits(CONTEXT, Estimates(MEDIATION)).callouts[0].lines
    assert not any("vague" in line for line in told)
    assert any("vague" in line for line in limits(CONTEXT, Estimates(ANSWERS)).callouts[0].lines)
    terms = {each.term for each in definitions(Estimates([*MEDIATION, nothing("cooperation.existing_links", "empty")]))}
    assert "Médiateurs" in terms
    assert "Liens existants" not in terms


def test_the_sheet_publishes_what_it_may_say_and_nothing_else() -> None:
    rows = [*WORKSHOPS, share("cooperation.density", 9, 45)]
    assert Family.COOPERATION not in plain_words.READ
    assert {row.code.partition(".")[0] for row in rows_of(CONTEXT, rows)} == {"participation"}


@pytest.mark.parametrize(
    ("rows", "legend"),
    [
        ([count("pre.children_followed", 120)], "Chaque point est un enfant suivi."),
        ([share("mediation.sites", 20, 21)], "Chaque point est un site du périmètre. Points pleins : 20 sites couverts."),
        (
            [share("cooperation.density", 1, 45)],
            "Chaque point est un lien possible entre deux structures. Points pleins : 1 lien existe.",
        ),
        (
            [share("satisfaction.response_rate", 24, 33, category="a"), share("satisfaction.response_rate", 6, 7, category="b")],
            "Chaque point est une invitation à répondre. Points pleins : 30 réponses.",
        ),
        (
            [count("participation.people", 33), replace(count("participation.core_group", 9), denominator=33.0)],
            "Chaque point est une personne venue au moins une fois. Points pleins : 9 personnes du noyau régulier.",
        ),
        ([count("pre.children_followed", 2400)], "Un point pour 5 : un enfant suivi."),
    ],
)  # fmt: skip
def test_a_cover_draws_what_its_report_counts(rows: list[Estimate], legend: str) -> None:
    svg, said = cover(CONTEXT, Estimates(rows))
    assert plain(said) == legend
    assert svg.count("<circle") > 20


def test_nothing_counted_leaves_the_cover_without_a_picture() -> None:
    assert cover(CONTEXT, Estimates([share("mediation.sites", 0, 0)])) == ("", "")
