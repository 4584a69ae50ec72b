"""What a reader of the printed pages would stumble on: an empty mark, a lone number, the same words a hundred times."""

from dataclasses import replace
from datetime import date

from impact.periods import school_year
from impact.vocabulary import Audience, CommunityKind
from impact.wording import NBSP, french
from reports.composition import bilan, cohorts, national, pathways
from reports.composition.compose import compose
from reports.composition.context import Context
from reports.composition.covers import cover
from reports.composition.drawings import share_figure
from reports.composition.key_figures import figures_of_answers, key_figures
from reports.composition.limits import definitions
from reports.composition.words import Estimates, bare_value, sentence
from reports.computing.estimating import count, estimate, share
from reports.issuing import render
from reports.records import Estimate
from reports.vocabulary import ReportKind

NOTHING = Estimates([])

CONTEXT = Context("PRE", "Clairvigne", CommunityKind.PRE, school_year(2025), Audience.FUNDER, date(2026, 9, 1), "1")


def test_a_number_ends_no_line_alone() -> None:
    said = sentence(share("cooperation.missing_kinds", 5, 9))
    assert said.endswith(f"des{NBSP}9.") or "sur" in said
    assert [bare_value(value, "days") for value in (45.04, 1.0, 1.25)] == ["45", "1", "1,3"]


def test_a_bar_of_a_small_base_says_its_numbers() -> None:
    rows = [share("mediation.sites_by_kind", 3, 3, category="high", label="Lycées")]
    assert "3 sur 3" in share_figure(rows, "Sites").svg.replace(NBSP, " ").replace("\u202f", " ")


def test_what_did_not_happen_titles_no_figure() -> None:
    rows = [share("pre.returning", 0, 160), share("pre.home_visits", 48, 160)]
    [chapter] = bilan.work(Estimates(rows))
    assert chapter.figures[0].title.startswith("48")


def test_the_national_figures_have_their_source_under_the_drawing() -> None:
    rows = [share("pre.children_by_age", 84, 160, category="6-10", label="6 à 10 ans")]
    chapter = next(each for each in pathways.chapters(Estimates([count("pre.children_followed", 160), *rows])))
    assert chapter.figures[0].source.endswith(french(national.SOURCE))
    assert not chapter.callouts


def test_a_version_is_written_where_a_definition_changed() -> None:
    told = definitions(Estimates([count("participation.presences", 41)]))
    assert not any("version 1" in each.text.replace(NBSP, " ") for each in told)


def test_a_copy_that_hides_nothing_speaks_of_no_hiding() -> None:
    pages = [
        render(compose(replace(CONTEXT, audience=audience), [])) for audience in (Audience.INTERNAL, Audience.FUNDER)
    ]
    assert ["protège l’anonymat" in page for page in pages] == [False, True]


def test_a_key_figure_is_drawn_from_the_first_year_with_something_to_count() -> None:
    years = [("2022-2023", 0), ("2023-2024", 8), ("2024-2025", 120), ("2025-2026", 160)]
    earlier = [(label, Estimates([count("pre.children_followed", value)])) for label, value in years]
    [figure] = key_figures(earlier[-1][1], earlier)
    assert french(figure.trend_words) == french("2023-2024 : 8 ; 2024-2025 : 120 ; 2025-2026 : 160.")
    assert "2022-2023" not in figure.trend
    [alone] = key_figures(earlier[-1][1])
    assert (alone.trend, alone.trend_text) == ("", "")


def test_a_masked_year_is_not_drawn() -> None:
    hidden = replace(count("pre.children_followed", 3), value=None, masked=True)
    now = Estimates([count("pre.children_followed", 160)])
    [figure] = key_figures(now, [("2024-2025", Estimates([hidden])), ("2025-2026", now)])
    assert not figure.trend
    assert "3" not in figure.trend_words + figure.trend_text


def test_every_cover_has_a_picture_of_what_is_known() -> None:
    followed, left = count("pre.children_followed", 160), count("pre.followed_now", 90)
    assert "70 enfants" in cover(CONTEXT, Estimates([followed, left]))[1].replace(NBSP, " ")
    assert "présence" in cover(CONTEXT, Estimates([count("participation.presences", 41)]))[1]
    assert "case" in cover(replace(CONTEXT, chain_boxes=(("Activités", "Réunir", "pas mesuré"),)), NOTHING)[1]
    assert cover(CONTEXT, NOTHING) == ("", "")


def test_a_cover_never_sets_a_small_number_of_children_apart() -> None:
    assert (
        "Points pleins"
        not in cover(CONTEXT, Estimates([count("pre.children_followed", 160), count("pre.followed_now", 157)]))[1]
    )


def test_the_cover_shows_what_its_report_is_about() -> None:
    known = Estimates([count("pre.children_followed", 160), share("satisfaction.response_rate", 32, 49)])
    assert "invitation" in cover(replace(CONTEXT, report_kind=ReportKind.SURVEY), known)[1]


def test_an_empty_section_is_told() -> None:
    made = compose(replace(CONTEXT, report_kind=ReportKind.WORKSHOPS), [])
    said = " ".join(line for callout in made.limits.callouts for line in callout.lines)
    assert "les ateliers et les réponses" in said
    made = compose(replace(CONTEXT, kind=CommunityKind.MEDIATION, report_kind=ReportKind.CITE), [])
    assert "enfants suivis" not in " ".join(line for callout in made.limits.callouts for line in callout.lines)


def test_what_is_hidden_is_not_told_as_no_progress() -> None:
    def item(rank: int, low: float | None) -> Estimate:
        value = None if low is None else 0.2
        return estimate("cohort.net_change", value, category=f"c/{rank}", label=f"Q{rank}", n=30, low=low, high=0.4)

    pair = share("cohort.complete_pairs", 30, 60, category="c", label="Parents")
    rows = [pair, item(1, -0.1), item(2, -0.2), replace(item(3, None), high=None, masked=True)]
    [chapter] = cohorts.chapters(Estimates(rows))
    title = chapter.figures[0].title.replace(NBSP, " ").replace("\u202f", " ")
    assert title.endswith("aucun progrès net, sur 2 questions ; 1 autre sans résultat")


def test_what_pleased_most_is_never_told_without_what_pleased_least() -> None:
    def asked(most: int) -> list[str]:
        rates = [share("satisfaction.response_rate", 30, 40, category=f"q{n}", label=f"Q{n}") for n in range(most)]
        items = [
            share("satisfaction.top_two", good, 30, category=f"q0/{good}", label=f"Avis {good}") for good in (12, 28)
        ]
        return [figure.what for figure in figures_of_answers(Estimates([*rates, *items]))]

    assert [len(asked(most)) for most in (6, 7, 8)] == [8, 7, 8]
    assert [said[-2:] for said in asked(6)[-2:]] == ["28", "12"]
