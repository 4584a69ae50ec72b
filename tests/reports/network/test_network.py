"""Communities side by side: protected figures only, and no group below three."""

from datetime import date
from typing import Any

import pytest

from impact.accounts.access import Role
from impact.accounts.storage import add_membership, find_account
from impact.audit import SYSTEM
from impact.communities.records import Community
from impact.communities.storage import add_community, add_member, get_community
from impact.demo import ESSONNE, PRE
from impact.identities import Identity
from impact.instance import Instance
from impact.periods import Period, last_complete_school_year, school_year
from impact.vocabulary import Audience, CommunityKind
from reports.computing.estimating import count, share
from reports.data import load
from reports.disclosure import protect
from reports.issuing import refresh_figures
from reports.network.rules import group_of, group_words, too_few_words
from reports.network.storage import list_figures, list_peers, publish
from reports.records import Estimate
from reports.writing import published_estimates

FOLLOWED, TAKEN_UP = "pre.children_followed", "pre.situations_taken_up"
YEAR, BEFORE = school_year(2025), school_year(2024)
NAMES = {"pre-des-saules": "PRE des Saules", "pre-du-ruisseau": "PRE du Ruisseau"}


def give(place: Instance, slug: str, period: Period, *rows: Estimate) -> None:
    """What a community publishes, protected as it would be."""
    db, shared = place.community(slug), place.shared()
    publish(shared, slug, get_community(db), period, protect(rows, "person", "funder"))
    shared.close()
    db.close()


def found_pre(place: Instance, slug: str, name: str, persona: str = "") -> None:
    """One more PRE, where the persona facilitates when there is one."""
    db, directory = place.create_community(slug), place.directory()
    add_community(db, SYSTEM, Community(name, CommunityKind.PRE, "Hautval", date(2021, 9, 1), None))
    if persona:
        account = find_account(directory, f"{persona}@demonstration.example")
        assert account is not None
        member = add_member(db, SYSTEM, Identity("Marchebourg", "Élodie"), None, date(2021, 9, 1), account.ref)
        add_membership(directory, SYSTEM, account.id, slug, Role.FACILITATOR, member)
    directory.close()
    db.close()


@pytest.fixture
def three(place: Instance) -> Instance:
    """Three PRE: Élodie facilitates in two of them, the third only makes the group."""
    found_pre(place, "pre-des-saules", NAMES["pre-des-saules"], "elodie")
    found_pre(place, "pre-du-ruisseau", NAMES["pre-du-ruisseau"])
    for slug, children, taken in ((PRE, 120, 30), ("pre-des-saules", 90, 45), ("pre-du-ruisseau", 60, 25)):
        give(place, slug, YEAR, count(FOLLOWED, children), share(TAKEN_UP, taken, 2 * taken))
    give(place, PRE, BEFORE, count(FOLLOWED, 111))
    return place


def spaced(page: str) -> str:
    """Without the spaces that only typography knows."""
    return page.replace("\xa0", " ").replace("\u202f", " ")


def test_three_pre_make_a_group_and_the_third_keeps_its_name(three: Instance, browse: Any) -> None:
    page = spaced(browse("elodie").get("/reseau/"))
    assert "Les 3 PRE : 90 en médiane." in page
    assert "Les 3 PRE ensemble : 50 % (100 sur 200)." in page
    assert "France : 160, en moyenne par PRE" in page
    assert "PRE des Saules" in page
    assert "PRE du Ruisseau" not in page
    row = page.split('<th scope="row">PRE de Clairvigne</th>')[1].split("</tr>")[0]
    assert [cell.split("<")[0] for cell in row.split('<td class="nb">')[1:]] == ["120", "120", "–", "–", "111"]


def test_two_pre_are_shown_side_by_side_without_a_group(place: Instance, browse: Any) -> None:
    found_pre(place, "pre-des-saules", NAMES["pre-des-saules"], "elodie")
    for slug, children in ((PRE, 120), ("pre-des-saules", 90)):
        give(place, slug, YEAR, count(FOLLOWED, children))
    page = spaced(browse("elodie").get("/reseau/"))
    assert "demande 3 PRE au moins : ici, 2 ont des chiffres" in page
    assert "en médiane" not in page
    assert "PRE des Saules" in page


def test_nothing_published_and_a_single_community_are_told(place: Instance, browse: Any) -> None:
    assert "Aucun chiffre publié pour l’instant" in browse("elodie").get("/reseau/")
    page = spaced(browse("basile").get("/reseau/"))
    assert "Il en faut deux au moins : vous en avez 1." in page
    assert browse(None).client.get("/reseau/").status_code == 302


def test_a_period_over_which_nobody_published_is_empty_and_a_wrong_one_is_refused(three: Instance, browse: Any) -> None:
    elodie = browse("elodie")
    assert "Rien à compter sur cette période" in elodie.get("/reseau/?periode=2019-2020")
    elodie.get("/reseau/?periode=hier", 422)


def test_the_network_is_reached_from_the_first_page_and_from_the_menu(browse: Any) -> None:
    page = browse("elodie").get("/")
    assert page.count('href="/reseau/"') == 2
    assert browse("basile").get("/").count('href="/reseau/"') == 1


def test_the_dashboard_of_each_says_the_group(three: Instance, browse: Any) -> None:
    url = f"/communautes/{PRE}/indicateurs/tableau-de-bord"
    assert "Les 3 PRE : 90 en médiane." in spaced(browse("elodie").get(f"{url}?periode={YEAR.code}"))
    assert "Les 3 PRE" not in spaced(browse("elodie").get(f"{url}?periode={BEFORE.code}"))


def test_what_is_published_is_what_a_funder_reads_and_no_small_number(place: Instance, browse: Any) -> None:
    refresh_figures(place, PRE)
    give(place, PRE, BEFORE, count(FOLLOWED, 3), share(TAKEN_UP, 18, 20))
    db, shared = place.community(PRE), place.shared()
    kept = list_figures(shared, CommunityKind.PRE)
    assert {each.slug for each in kept} == {PRE}
    assert [peer.name for peer in list_peers(shared)] == ["PRE de Clairvigne"]
    small = [each.estimate for each in kept if each.period == BEFORE.code]
    assert [(row.value, row.numerator, row.n, row.masked) for row in small] == [(None, None, 0, True)] * 2
    year = last_complete_school_year(date.today())
    told = {row.code: row for row in published_estimates(db, load(db, year), year, CommunityKind.PRE, Audience.FUNDER)}
    for each in kept:
        if each.period == year.code:
            assert each.estimate.value == told[each.estimate.code].value
    assert {each.slug for each in list_figures(shared, CommunityKind.COLLECTIVE)} == set()
    shared.close()
    db.close()
    refresh_figures(place, ESSONNE)


def test_published_again_a_period_is_replaced(three: Instance) -> None:
    give(three, PRE, YEAR, count(FOLLOWED, 130))
    shared = three.shared()
    mine = [
        each.estimate
        for each in list_figures(shared, CommunityKind.PRE)
        if (each.slug, each.period) == (PRE, YEAR.code)
    ]
    assert [(row.code, row.value) for row in mine] == [(FOLLOWED, 130)]
    shared.close()


def test_a_group_counts_only_what_is_shown_and_of_one_definition() -> None:
    masked = Estimate(FOLLOWED, None, "count", masked=True)
    rows = [count(FOLLOWED, 10), count(FOLLOWED, 30), masked]
    assert group_of([]) is None
    assert group_of(rows) is None
    group = group_of([*rows, count(FOLLOWED, 50)])
    assert group is not None
    assert (group.size, group.value) == (3, 30)
    newer = Estimate(FOLLOWED, 70.0, "count", version=2)
    assert group_of([*rows, count(FOLLOWED, 50), newer]) is None
    assert group_words(CommunityKind.CITE, None) == ""
    assert spaced(group_words(CommunityKind.CITE, group)) == "Les 3 cités éducatives : 30 en médiane."


@pytest.mark.parametrize(
    ("known", "said"), [(0, "aucune n’a de chiffres"), (1, "une seule a des chiffres"), (2, "2 ont des chiffres")]
)
def test_why_there_is_no_group(known: int, said: str) -> None:
    assert said in spaced(too_few_words(CommunityKind.COLLECTIVE, known))
