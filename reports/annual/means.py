"""What the sheet of the year says, and what follows from it and the children followed."""

from reports.annual.records import SurveyFigure, YearSheet


def means_figures(sheet: YearSheet, children: int, *, profiles: bool = True) -> list[SurveyFigure]:
    """Carrier, money in euros, full-time equivalents, ratios; what was not written stays without value.

    The numbers of children by profile are given when the pathways hold none (`profiles`).
    """
    outside = [each for each in (sheet.town_credits, sheet.other_credits) if each is not None]
    total = sheet.credits
    known = total if sheet.state_credits is not None and outside else None
    return [
        SurveyFigure("carrier", None, category=sheet.carrier.value),
        *(SurveyFigure(name, _euros(getattr(sheet, name))) for name in ("state_credits", "town_credits", "other_credits")),
        SurveyFigure("cofinancing", sum(outside) / known if known else None),
        SurveyFigure("credits_per_child", total / 100 / children if total is not None and children else None, base=children),
        SurveyFigure("coordinators_fte", sheet.coordinators_fte),
        SurveyFigure("referents_fte", sheet.referents_fte),
        SurveyFigure("children_per_fte", children / sheet.referents_fte if sheet.referents_fte else None, base=children),
        SurveyFigure("districts", _number(sheet.districts)),
        SurveyFigure("teams", _number(sheet.teams)),
        *(_profiles(sheet) if profiles else ()),
        SurveyFigure("individual_rate", None if sheet.individual_rate is None else sheet.individual_rate / 100),
    ]  # fmt: skip


def _profiles(sheet: YearSheet) -> list[SurveyFigure]:
    profiles = (sheet.profile_1, sheet.profile_2, sheet.profile_3, sheet.profile_4)
    told = [each for each in profiles if each is not None]
    base = sum(told) if told else None
    return [
        SurveyFigure("profiles", _number(value), str(rank), base=base) for rank, value in enumerate(profiles, start=1)
    ]


def _euros(cents: int | None) -> float | None:
    return None if cents is None else cents / 100


def _number(value: int | None) -> float | None:
    return None if value is None else float(value)
