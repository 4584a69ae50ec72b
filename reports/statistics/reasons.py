"""Why a statistic could not be computed: the codes that replace NaN and meaningless p-values."""

from enum import StrEnum


class Reason(StrEnum):
    """Each degenerate input has its own code, so that a report can say in words what was missing."""

    EMPTY = "empty"
    TOO_FEW = "too_few"
    CONSTANT = "constant"
    NO_CHANGE = "no_change"
    SAME_CHANGE = "same_change"
    NO_DISCORDANT_PAIR = "no_discordant_pair"
    EMPTY_GROUP = "empty_group"
    ONE_CATEGORY = "one_category"
    ONE_GROUP = "one_group"
    NO_EVENT = "no_event"
    NO_EXPOSURE = "no_exposure"
    NOT_REACHED = "not_reached"
    CENSUS = "census"
    SINGULAR = "singular"
    NO_RELIABILITY = "no_reliability"
    NOT_CONVERGED = "not_converged"
