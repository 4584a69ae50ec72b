"""What the report says of mediation, in a lay reader's words."""

from impact.periods import school_year
from impact.vocabulary import CommunityKind
from reports.composition.mediation import chapters
from reports.composition.words import Estimates
from reports.computing.estimating import count, estimate, share
from reports.data import Data
from reports.publishing import compute_all
from tests.reports.computing.made import empty

YEAR = school_year(2025)


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\xa0", " ")


def rate(category: str, label: str, value: float, low: float, high: float, code: str = "rate_by_year") -> object:
    return estimate(
        f"mediation.{code}",
        value,
        low=low,
        high=high,
        numerator=value * 10,
        denominator=10.0,
        category=category,
        label=label,
    )


def made(*rows: object) -> Estimates:
    usual = [
        share("mediation.sites", 20, 21),
        count("mediation.activities", 400),
        share("mediation.weeks_filled", 9, 10),
    ]
    return Estimates([*usual, *rows])  # type: ignore[list-item]


def test_a_community_without_sites_says_nothing() -> None:
    data: Data = empty()
    assert chapters(Estimates(compute_all(data, YEAR, CommunityKind.MEDIATION))) == []


def test_coverage_volume_and_what_is_not_said() -> None:
    chapter = chapters(made())[0]
    assert plain(chapter.finding) == "20 sites couverts sur 21, 400 activités sur la période."
    said = plain(" ".join(line for box in chapter.callouts for line in box.lines))
    assert "10 % des semaines attendues sont sans réponse" in said
    assert "Ils ne disent pas ce que cela change" in said
    assert "dix fois compte dix fois" in said


def test_two_years_are_told_apart_only_when_their_margins_are() -> None:
    close = chapters(made(rate("2024", "2024-2025", 10, 8, 12), rate("2025", "2025-2026", 11, 9, 13)))[0]
    assert "pas d’écart net entre 2024-2025 et 2025-2026" in plain(close.figures[0].title)
    apart = chapters(made(rate("2024", "2024-2025", 10, 9, 11), rate("2025", "2025-2026", 15, 13, 17)))[0]
    assert "+50 % entre 2024-2025 et 2025-2026" in plain(apart.figures[0].title)


def test_each_site_has_its_line_and_no_rank() -> None:
    rows = [
        rate("college/1", "Collège A", 12, 9, 15, "rate_by_site"),
        rate("college/2", "Collège B", 4, 2, 7, "rate_by_site"),
    ]
    rows.append(rate("primary/3", "École C", 6, 4, 9, "rate_by_site"))
    chapter = chapters(made(*rows))[1]
    assert plain(chapter.finding) == "Activités par mois de présence : de 4,0 (Collège B) à 12,0 (Collège A)."
    assert "Ce n’est pas un classement" in chapter.callouts[0].lines[0]
    assert chapter.figures[1].table is not None
    assert [row[0] for row in chapter.figures[1].table.rows] == ["Collège A", "Collège B"]
    assert "Collège B" in chapter.figures[1].svg
    assert [plain(figure.title) for figure in chapter.figures] == [
        "École C, activités par mois de présence : 6,0",
        "Collèges, activités par mois de présence : de 4,0 à 12,0",
    ]


def test_the_years_of_a_site_stand_on_one_line_and_only_a_clear_change_is_called_one() -> None:
    code = "rate_by_site_and_year"
    sites = [
        rate("college/2/2024", "Collège B, 2024-2025", 4, 3, 5, code),
        rate("college/2/2025", "Collège B, 2025-2026", 9, 7, 11, code),
        rate("college/1/2024", "Collège A, 2024-2025", 9, 7, 11, code),
        rate("college/1/2025", "Collège A, 2025-2026", 4, 3, 5, code),
        rate("primary/3/2024", "École C, 2024-2025", 6, 4, 9, code),
        rate("primary/3/2025", "École C, 2025-2026", 7, 5, 10, code),
        rate("primary/4/2025", "École D, 2025-2026", 5, 2, 8, code),
    ]
    chapter = chapters(made(*sites))[1]
    assert plain(chapter.finding) == (
        "De la première à la dernière année : 1 en hausse nette, 1 en baisse nette, 1 sans écart net, sur 4 sites."
    )
    assert chapter.tables[0].table.header[1:3] == ("2024-2025", "2025-2026")
    assert [tuple(map(plain, row)) for row in chapter.tables[0].table.rows] == [
        ("École C", "6,0", "7,0", "pas d’écart net"),
        ("École D", "–", "5,0", "–"),
        ("Collège A", "9,0", "4,0", "baisse nette"),
        ("Collège B", "4,0", "9,0", "hausse nette"),
    ]
    assert len(chapters(made(sites[0]))) == 1
