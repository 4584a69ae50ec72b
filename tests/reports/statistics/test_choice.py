"""The decision table: one test per rule, in its order."""

import pytest

from reports.statistics.choice import NOT_THE_SAME, TOO_MANY_LOST, Design, Measure, Method, choose


@pytest.mark.parametrize(
    ("design", "method"),
    [
        (Design(Measure.SCORE, 200, census=True), Method.DESCRIBE),
        (Design(Measure.SCORE, 10), Method.COUNTS),
        (Design(Measure.YES_NO, 11), Method.MCNEMAR),
        (Design(Measure.LEVEL, 11), Method.SIGN_FLIP),
        (Design(Measure.SCORE, 11), Method.PAIRED_STUDENT),
        (Design(Measure.SCORE, 40, waves=3), Method.FRIEDMAN),
        (Design(Measure.LEVEL, 40, waves=3, order_predicted=True), Method.PAGE),
        (Design(Measure.YES_NO, 40, waves=4), Method.COCHRAN_Q),
        (Design(Measure.YES_NO, 30, same_people=False, groups=2), Method.FISHER),
        (Design(Measure.LEVEL, 30, same_people=False, groups=2), Method.MANN_WHITNEY),
        (Design(Measure.SCORE, 30, same_people=False, groups=2), Method.WELCH),
        (Design(Measure.LEVEL, 30, same_people=False, groups=3), Method.KRUSKAL),
        (Design(Measure.SCORE, 300, clusters=6), Method.GROUP_MEANS),
        (Design(Measure.SCORE, 300, clusters=20), Method.PAIRED_STUDENT),
    ],
)
def test_each_design_has_its_method_and_a_reason(design: Design, method: Method) -> None:
    choice = choose(design)
    assert choice.method is method
    assert choice.why.endswith(".")


def test_cautions_say_what_the_method_cannot_mend() -> None:
    assert choose(Design(Measure.SCORE, 40, same_people=False, groups=2)).cautions == (NOT_THE_SAME,)
    assert choose(Design(Measure.SCORE, 40, lost=0.21)).cautions == (TOO_MANY_LOST,)
    assert choose(Design(Measure.SCORE, 40, lost=0.2)).cautions == ()
    assert "se ressemblent" in choose(Design(Measure.SCORE, 40, clusters=30)).cautions[0]


def test_a_design_without_people_or_waves_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="a design has people"):
        choose(Design(Measure.SCORE, -1))
