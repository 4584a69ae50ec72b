"""Charts: what a mark says is what was given, a masked row has no length, no data is refused."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.drawing import HALF, PHONE, PRINT, SCREEN, Size
from reports.charts import Bar, Cover, Dots, bars, coverage, dot_worth, dots, rule_with_comparison, trend
from reports.charts_of_answers import Answers, Change, change, likert
from reports.charts_over_time import Column, Step, attendance, survival

SVG = "{http://www.w3.org/2000/svg}"
SIZES = st.sampled_from([PRINT, HALF, SCREEN, PHONE])
WORDS = st.one_of(
    st.text(max_size=120), st.sampled_from(["", "Logement, ressources de la famille " * 4, "x" * 90, "< 5"])
)
NUMBER_WORDS = st.one_of(st.integers(0, 99_999).map(str), st.sampled_from(["", "< 5", "9 enfants", "100 %", "1 234"]))
COUNTS = st.one_of(st.integers(0, 12), st.integers(0, 100_000))
LENGTHS = st.one_of(st.just(0.0), st.floats(0, 1), st.floats(0, 1e6))
SHARES = st.floats(0, 1)


def optional(values: st.SearchStrategy[float]) -> st.SearchStrategy[float | None]:
    return st.one_of(st.none(), values)


def optional_count() -> st.SearchStrategy[int | None]:
    return st.one_of(st.none(), COUNTS)


def parsed(svg: str) -> ElementTree.Element:
    root = ElementTree.fromstring(svg)
    assert root[0].tag == SVG + "title"
    assert not {name for each in root.iter() for name in each.attrib} & {"style", "id"}
    return root


def words(root: ElementTree.Element) -> str:
    return " ".join((each.text or "").strip() for each in root.iter(SVG + "text"))


def marks(root: ElementTree.Element, fill: str, tag: str = "rect") -> list[ElementTree.Element]:
    return [each for each in root.iter(SVG + tag) if each.get("fill") == fill]


MOTIVES = [
    Bar("Logement", 0.11, "11 %", "17", 0.2, "20,0 %"),
    Bar("Autre motif", None, "moins de 5 : masqué pour protéger l’anonymat", "< 5"),
    Bar("Résultats scolaires", 0.6, "60 %", "96"),
]


def test_bars_start_at_zero_and_are_sorted_unless_ordinal() -> None:
    def lengths(ordinal: bool) -> list[float]:
        root = parsed(bars("Motifs", MOTIVES, heading="enfants", mark_heading="France", ordinal=ordinal))
        found = marks(root, "#0b5cad")
        assert len({each.get("x") for each in found}) == 1
        return [float(each.get("width", "")) for each in found]

    high, low = lengths(ordinal=False)
    assert lengths(ordinal=True) == [low, high]
    assert high / low == pytest.approx(0.6 / 0.11, rel=0.01)


def test_masked_bar_has_words_and_no_length() -> None:
    root = parsed(bars("Motif", MOTIVES[1:2], heading="enfants"))
    assert marks(root, "#0b5cad") == []
    assert "masqué pour protéger l’anonymat" in words(root)
    assert "< 5" in words(root)


def test_comparison_is_a_tick_that_does_not_hide_the_value() -> None:
    root = parsed(bars("Âge", [Bar("6 à 10 ans", 0.5, "50 %", "80", 0.524, "52,4 %")], mark_heading="France"))
    (bar,) = marks(root, "#0b5cad")
    tick = next(each for each in root.iter(SVG + "line") if each.get("stroke-width") == "1.4")
    end = float(bar.get("x", "")) + float(bar.get("width", ""))
    assert float(tick.get("x1", "")) > end
    assert "52,4\u202f%" in words(root)


def test_dark_and_light_bars_are_named() -> None:
    rows = [Bar("1 atelier", 12, "12", light=True), Bar("4 ateliers", 5, "5")]
    root = parsed(bars("Assiduité", rows, ordinal=True, names=("noyau régulier", "autres"), size=HALF))
    assert len(marks(root, "#a9cbe9")) == 2
    assert "noyau régulier autres" in words(root)
    rows.append(Bar("2 ateliers", 3, "3", light=True))
    wide = parsed(bars("Assiduité", rows, ordinal=True, names=("noyau régulier", "autres")))
    assert "5 noyau régulier" in words(wide), "On a wide drawing the name stands at the end of a bar, without a key."
    assert "3 autres" in words(wide)
    assert len(marks(wide, "#a9cbe9")) == 2


def test_attendance_stacks_the_core_at_the_bottom() -> None:
    columns = [Column("Atelier 1", "23 sept. 2025", 33, "33", 15), Column("Atelier 2", "14 oct.", None, "< 5", None)]
    root = parsed(attendance("Présents", columns, core_name="noyau régulier", others_name="autres participants"))
    core = [each for each in marks(root, "#0b5cad") if each.get("stroke")]
    whole = [each for each in marks(root, "#d3e3f3") if float(each.get("height", "")) > 10]
    assert len(core) == len(whole) == 1
    bottom = [float(each.get("y", "")) + float(each.get("height", "")) for each in (*core, *whole)]
    assert bottom[0] == pytest.approx(bottom[1], abs=0.02)
    assert float(core[0].get("height", "")) / float(whole[0].get("height", "")) == pytest.approx(15 / 33, rel=0.01)
    assert all(text in words(root) for text in ("33", "15", "18", "< 5", "noyau régulier"))


def test_attendance_leaves_a_column_hollow_where_the_core_is_not_known() -> None:
    columns = [Column("Atelier 1", "", 40, "40"), Column("Atelier 2", "", 12, "12", 8)]
    root = parsed(attendance("Présents", columns, core_name="noyau régulier", others_name="autres"))
    hollow = [each for each in marks(root, "#ffffff") if float(each.get("height", "")) > 100]
    assert len(hollow) == 1
    assert len(marks(root, "#0b5cad")) == 1
    assert "noyau régulier" in words(root)


def test_attendance_without_names_has_plain_columns() -> None:
    root = parsed(attendance("Présents", [Column(f"Atelier {n}", "", n, str(n)) for n in range(12)]))
    assert len(marks(root, "#0b5cad")) == 11
    assert marks(root, "#d3e3f3") == []


def test_survival_draws_the_median_only_when_it_is_reached() -> None:
    steps = [Step(0, 1, 1, 1), Step(6, 0.8, 0.7, 0.9), Step(17, 0.5, 0.4, 0.6)]
    risk = [(0, "238"), (6, "187"), (12, "130"), (18, "65")]
    reached = parsed(survival("Durée", steps, risk, end=18, median=17, median_text="17 mois : la moitié"))
    assert "17\u00a0mois\u00a0: la moitié" in words(reached)
    not_reached = parsed(survival("Durée", steps[:2], risk, end=18, median_text="la moitié"))
    assert "moitié" not in words(not_reached)
    assert all(text in words(not_reached) for text in ("238", "187", "130", "65"))


def test_survival_is_cut_at_the_end_of_its_axis() -> None:
    svg = survival("Durée", [Step(0, 1), Step(40, 0.1)], [(0, "20"), (48, "1")], end=36)
    assert len(list(parsed(svg).iter(SVG + "path"))) == 1
    assert "48" not in words(parsed(svg))


def test_likert_bars_meet_on_one_axis() -> None:
    rows = [
        Answers("On m’écoute.", (5, 10, 20, 30, 35), ("5", "10", "20", "30", "35"), "4"),
        Answers("b", (), (), "", "< 11"),
    ]
    root = parsed(likert("Accord", rows))
    axis = float(next(each for each in root.iter(SVG + "line") if each.get("stroke") == "#1b2430").get("x1", ""))
    wide = [each for each in root.iter(SVG + "rect") if each.get("height") == "16"]
    middle = wide[2]
    assert float(middle.get("x", "")) + float(middle.get("width", "")) / 2 == pytest.approx(axis, abs=0.05)
    assert len(wide) == 5
    assert "< 11" in words(root)
    assert "sans avis" in words(root)


def test_likert_refuses_a_row_that_has_another_number_of_levels() -> None:
    with pytest.raises(ValueError, match="niveaux"):
        likert("Accord", [Answers("a", (1, 2), ("1", "2"))])


def test_uncertain_change_is_hollow() -> None:
    certain = Change("Confiance en soi", "96 paires", 11, 36, 49, 0.4, 0.25, 0.53, "+40")
    unsure = Change("Assiduité", "88 paires", 13, 58, 17, 0.05, -0.08, 0.17, "+5 : on ne sait pas", certain=False)
    rings = [each.get("fill") for each in parsed(change("Changement", [certain, unsure])).iter(SVG + "circle")]
    assert rings == ["#1b2430", "#ffffff"]


def test_coverage_turns_ochre_under_the_threshold() -> None:
    rows = [
        Cover("Dossiers", "parcours", 160, 160, "160 sur 160"),
        Cover("Questionnaire", "", 61, 132, "61 sur 132", "46 %"),
    ]
    root = parsed(coverage("Sources", rows))
    assert len(marks(root, "#0b5cad")) == len(marks(root, "#cc7a1e")) == 1


def test_cover_has_a_dot_per_person_until_there_are_too_many() -> None:
    root = parsed(dots("160 points", [Dots(28, "full"), Dots(29, "light"), Dots(103, "ring")]))
    assert len(marks(root, "#0b5cad", "circle")) == 28
    assert len(list(root.iter(SVG + "circle"))) == 160
    assert (dot_worth(1000), dot_worth(1001), dot_worth(5001), dot_worth(12_000)) == (1, 5, 10, 50)


def test_small_drawings_write_their_ends() -> None:
    assert sorted(
        words(parsed(trend("Enfants", [141, None, 153, 160], ("141", "2022-23"), ("160", "2025-26")))).split()
    ) == ["141", "160", "2022-23", "2025-26"]
    assert len(list(parsed(rule_with_comparison("Garçons", 0.56, None)).iter(SVG + "circle"))) == 1


BARS = st.builds(Bar, WORDS, optional(LENGTHS), WORDS, NUMBER_WORDS, optional(LENGTHS), NUMBER_WORDS, st.booleans())
COLUMNS = st.builds(Column, WORDS, WORDS, optional_count(), NUMBER_WORDS, optional_count())
COVERS = st.builds(Cover, WORDS, WORDS, COUNTS, COUNTS, NUMBER_WORDS, NUMBER_WORDS)
STEPS = st.builds(Step, st.floats(0, 60), SHARES, optional(SHARES), optional(SHARES))
ANSWERS = st.one_of(
    st.builds(Answers, WORDS, st.tuples(*[LENGTHS] * 5), st.tuples(*[NUMBER_WORDS] * 5), NUMBER_WORDS),
    st.builds(Answers, WORDS, st.just(()), st.just(()), NUMBER_WORDS, WORDS),
)
CHANGES = st.builds(
    Change,
    WORDS,
    WORDS,
    *[optional_count()] * 3,
    *[optional(st.floats(-1, 1))] * 3,
    NUMBER_WORDS,
    st.booleans(),
    WORDS,
)


@settings(max_examples=60)
@pytest.mark.parametrize(
    ("row", "draw"),
    [
        (
            BARS,
            lambda rows, text, size: bars(text, rows, heading=text, mark_heading="France", names=(text, ""), size=size),
        ),
        (BARS, lambda rows, text, size: bars(text, rows, ordinal=True, longest=100, size=size)),
        (COLUMNS, lambda rows, text, size: attendance(text, rows, core_name=text, others_name="autres", size=size)),
        (COVERS, lambda rows, text, size: coverage(text, rows, size=size)),
        (ANSWERS, lambda rows, text, size: likert(text, rows, size=size)),
        (CHANGES, lambda rows, text, size: change(text, rows, size=size)),
        (
            STEPS,
            lambda rows, text, size: survival(
                text, rows, [(n * 6.0, str(999 - n)) for n in range(9)], end=48, median=30, median_text=text, size=size
            ),
        ),
    ],
)
@given(data=st.data(), text=WORDS, size=SIZES)
def test_no_data_is_refused(
    row: st.SearchStrategy[object],
    draw: Callable[[list[object], str, Size], str],
    data: st.DataObject,
    text: str,
    size: Size,
) -> None:
    root = parsed(draw(data.draw(st.lists(row, max_size=14)), text, size))
    width = float(root.get("viewBox", "").split()[2])
    for each in root.iter(SVG + "rect"):
        assert float(each.get("x", "")) >= -3
        assert float(each.get("x", "")) + float(each.get("width", "")) <= width + 3


@given(st.lists(st.builds(Dots, COUNTS, st.sampled_from(["full", "light", "ring"])), max_size=4), SIZES)
@settings(max_examples=30)
def test_any_group_makes_a_cover(groups: list[Dots], size: Size) -> None:
    assert len(list(parsed(dots("Points", groups, size)).iter(SVG + "circle"))) <= 1010


@given(st.lists(optional(st.floats(-1e6, 1e6)), max_size=9), NUMBER_WORDS, WORDS, SHARES, optional(SHARES))
def test_any_series_makes_small_drawings(
    values: list[float | None], number: str, year: str, here: float, elsewhere: float | None
) -> None:
    parsed(trend(year, values, (number, year), (number, year)))
    parsed(rule_with_comparison(year, here, elsewhere))


def test_words_leave_the_bar_only_when_they_would_touch_the_target() -> None:
    far, near = (
        parsed(bars("Enfants", [Bar("2024-2025", 8, "8", mark=mark), Bar("2025-2026", 160, "160")]))
        for mark in (140, 12)
    )
    places = [
        next(float(each.get("x", "")) for each in root.iter() if each.tag.endswith("text") and each.text == "8")
        for root in (far, near)
    ]
    assert places[0] < places[1]
