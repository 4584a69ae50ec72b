"""The group of the demonstration."""

from contextlib import closing

from impact.communities.storage import get_community
from impact.demo import PRE
from impact.instance import Instance
from impact.periods import school_year
from impact.vocabulary import CommunityKind
from reports.computing.estimating import count, share
from reports.network import demo
from reports.network.rules import group_of
from reports.network.storage import list_figures, publish
from tests.conftest import TODAY


def test_seven_other_pre_make_a_group_and_show_no_small_number(place: Instance) -> None:
    rows = [count("pre.children_followed", 12), share("pre.situations_taken_up", 11, 12)]
    with closing(place.shared()) as shared, closing(place.community(PRE)) as db:
        publish(shared, PRE, get_community(db), school_year(2025), rows)
        demo.fill(shared, PRE, TODAY)
        told = [each.estimate for each in list_figures(shared, CommunityKind.PRE)]
    followed = [each for each in told if each.code == "pre.children_followed"]
    assert len(followed) == 8
    assert any(each.masked for each in told)
    assert all(each.masked or (each.value or 0) >= 5 for each in followed)
    group = group_of(followed)
    assert group is not None
    assert group.size >= 3
