"""Chapters beside the figures: links drawn, experience sheets, long questionnaires cut to a page."""

import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

import app as assembly
from impact.demo import ESSONNE
from impact.instance import Instance
from impact.periods import school_year
from impact.vocabulary import Audience, CommunityKind
from impact.wording import french
from reports.composition import experience, links, satisfaction
from reports.composition.compose import compose
from reports.composition.context import Context, DrawnLinks, Experience
from reports.composition.drawings import largest
from reports.composition.satisfaction import MOST_ITEMS
from reports.composition.words import Estimates
from reports.computing.estimating import count, share
from reports.editable import editable_copy
from reports.issuing import render
from reports.records import REVERSED, Estimate, Remark
from reports.telling import draw_links, tell_experiences
from reports.vocabulary import RemarkKind, ReportKind

CONTEXT = Context(
    "Réseau", "Essonne", CommunityKind.COLLECTIVE, school_year(2021), Audience.FUNDER, date(2022, 9, 1), "1"
)
NOTHING = Estimates([])


def spaced(text: str) -> str:
    """Without the spaces that only typography knows."""
    return text.replace("\xa0", " ").replace("\u202f", " ")


def test_the_links_of_the_demonstration_are_drawn_with_their_list(demo_root: Path) -> None:
    db = Instance(demo_root, assembly.schema()).community(ESSONNE)
    drawn, before = draw_links(db, school_year(2021)), draw_links(db, school_year(1999))
    db.close()
    assert before == DrawnLinks()
    [chapter] = links.chapters(replace(CONTEXT, links=drawn), NOTHING)
    [figure] = chapter.figures
    assert chapter.landscape
    assert figure.table is not None
    assert len(figure.table.rows) == 17
    assert sum(int(row[1]) for row in figure.table.rows) == 2 * 34
    assert all(name in figure.svg for name in ("svg", "path"))
    assert spaced(chapter.summary) == "34 liens existent entre 17 structures ; 1 structure n’en a aucun"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((), ""),
        ((("A", 0, 0, 0),), ""),
        ((("A", 1, 1, 0), ("B", 1, 1, 0)), "1 lien existe entre 2 structures ; chacune en a au moins un."),
        ((("A", 0, 0, 1), ("B", 0, 0, 1)), "0 lien existe entre 2 structures ; 2 structures n’en ont aucun."),
    ],
)
def test_links_are_said_with_their_number(rows: tuple[tuple[str, int, int, int], ...], said: str) -> None:
    found = links.chapters(replace(CONTEXT, links=DrawnLinks("<svg/>", rows)), NOTHING)
    assert [spaced(f"{chapter.summary}.") for chapter in found] == ([said] if said else [])


def test_an_experience_sheet_is_printed_and_copied_under_its_headings(demo_root: Path) -> None:
    db = Instance(demo_root, assembly.schema()).community(ESSONNE)
    told = tell_experiences(db)
    db.close()
    assert len(told) == len({sheet.title for sheet in told}) == 4
    document = compose(replace(CONTEXT, report_kind=ReportKind.EXPERIENCE, experiences=told), [])
    assert [chapter.title for chapter in document.chapters] == [french(sheet.title) for sheet in told]
    html = render(document)
    for chapter in document.chapters:
        assert chapter.texts[0][0] == "Identité"
        assert all(f"<h2>{heading}</h2>" in html for heading, _ in chapter.texts)
    assert editable_copy(document, _moment()).startswith(b"PK")


def _moment() -> datetime:
    return datetime(2022, 9, 1)


def test_paragraphs_of_a_sheet_are_kept_apart_and_empty_lines_dropped() -> None:
    sheet = Experience("Café", "Rencontre.", (("Contexte", "Un.\n\n  Deux !  \n"),))
    [chapter] = experience.chapters(replace(CONTEXT, experiences=(sheet,)), NOTHING)
    assert [spaced(line) for line in chapter.texts[0][1]] == ["Un.", "Deux !"]


def _answers(questions: int, questionnaire: str = "avis") -> list[Estimate]:
    return [
        count("satisfaction.responses", 40, category=questionnaire, label="Avis"),
        share("satisfaction.response_rate", 40, 50, category=questionnaire, label="Avis"),
        *(
            share("satisfaction.top_two", place, 40, category=f"{questionnaire}/q{place}", label=f"Question {place}")
            for place in range(questions)
        ),
    ]


@pytest.mark.parametrize("questions", [1, 2, MOST_ITEMS, MOST_ITEMS + 1, 40])
def test_a_long_questionnaire_shows_both_ends_and_says_so(questions: int) -> None:
    [chapter] = satisfaction.chapters(Estimates(_answers(questions)))
    [figure] = chapter.figures
    assert figure.table is not None
    shown = [row[0] for row in figure.table.rows]
    assert len(shown) == min(questions, MOST_ITEMS)
    assert ("fichier joint" in figure.subtitle) is (questions > MOST_ITEMS)
    assert {"Question 0", f"Question {questions - 1}"} <= {spaced(name) for name in shown}


def test_each_questionnaire_has_its_figure_and_the_finding_does_not_mix_them() -> None:
    rows = [*_answers(3), *_answers(2, "bilan")]
    [chapter] = satisfaction.chapters(Estimates(rows))
    assert len(chapter.figures) == 3
    assert chapter.figures[0].title.endswith("40\xa0sur\xa050") or "40 sur 50" in spaced(chapter.figures[0].title)
    assert spaced(chapter.finding).startswith("2 questionnaires ; 80 % des personnes invitées")
    document = compose(replace(CONTEXT, report_kind=ReportKind.SURVEY), rows)
    ends = [f"Réponses favorables : Question {place}" for place in (2, 0, 1, 0)]
    assert [spaced(figure.what) for figure in document.key_figures] == ["Taux de réponse : Avis"] * 2 + ends


def test_of_two_answers_as_favourable_the_title_names_the_one_not_reversed() -> None:
    first, second = (replace(row, value=0.5) for row in _answers(2)[2:])
    told = [replace(first, label=f"{first.label}{REVERSED}"), second]
    assert largest(told) == largest(told[::-1]) == second


def test_nothing_is_the_most_favourable_when_what_is_hidden_may_be_more() -> None:
    first, second, *others = _answers(3)
    hidden = [*others[:2], replace(others[2], value=None, numerator=None, masked=True)]
    titles = [
        spaced(satisfaction.chapters(Estimates([first, second, *rows]))[0].figures[0].title)
        for rows in (others, hidden)
    ]
    assert titles == ["Avis : le plus favorable, « Question 2 »", "Avis : « Question 1 », 1 réponse favorable sur 40"]


def test_the_columns_of_words_are_read_from_the_left() -> None:
    boxes = (("Activités", "Un atelier", "pas mesuré"), ("Impact visé", "Un lien", "3 (Liens)"))
    context = replace(CONTEXT, chain_svg="<svg></svg>", chain_boxes=boxes, chain_measured=1)
    document = compose(replace(context, report_kind=ReportKind.NETWORK), [])
    [table] = re.findall(r'<table class="donnees">.*?</table>', render(document), re.S)
    assert 'class="nb"' not in table


@pytest.mark.parametrize(
    ("words", "told"), [("Un effet net.", True), ("Sans effet connu.", False), ("Ils viennent.", False)]
)
def test_a_judgement_stronger_than_the_data_is_told_to_the_reader(words: str, told: bool) -> None:
    remark = Remark(RemarkKind.JUDGEMENT, words, "Ada Prune", "Coordination", date(2026, 11, 20))
    (opinion,) = compose(replace(CONTEXT, remarks=(remark,)), []).opinions
    assert opinion.lines == (words,)
    assert ("ne vont pas jusqu’à" in opinion.signature) is told
