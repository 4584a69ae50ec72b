"""The function that computes each indicator of the catalogue."""

from collections.abc import Callable

from impact.periods import Period
from reports.computing import answers, participation, pathways, satisfaction
from reports.data import Data
from reports.records import Estimate

Computation = Callable[[Data, Period], list[Estimate]]

COMPUTATIONS: dict[str, Computation] = {
    "participation.workshops_held": participation.workshops_held,
    "participation.presences_by_workshop": participation.presences_by_workshop,
    "participation.presences": participation.presences,
    "participation.presences_mean": participation.presences_mean,
    "participation.people": participation.people,
    "participation.people_by_presences": participation.people_by_presences,
    "participation.core_group": participation.core_group,
    "participation.core_share": participation.core_share,
    "participation.core_by_workshop": participation.core_by_workshop,
    "participation.newcomers_by_workshop": participation.newcomers_by_workshop,
    "participation.retention": participation.retention,
    "participation.one_time": participation.one_time,
    "participation.people_by_kind": participation.people_by_kind,
    "participation.organisations": participation.organisations,
    "participation.organisations_by_kind": participation.organisations_by_kind,
    "participation.equivalent_kinds": participation.equivalent_kinds,
    "participation.trend": participation.trend,
    "pre.situations_received": pathways.situations_received,
    "pre.situations_taken_up": pathways.situations_taken_up,
    "pre.situations_by_outcome": pathways.situations_by_outcome,
    "pre.origins": pathways.origins,
    "pre.decision_delay": pathways.decision_delay,
    "pre.children_followed": pathways.children_followed,
    "pre.pathways_opened": pathways.pathways_opened,
    "pre.children_by_sex": pathways.children_by_sex,
    "pre.children_by_age": pathways.children_by_age,
    "pre.motives": pathways.motives,
    "pre.first_motive": pathways.first_motive,
    "pre.support_length": pathways.support_length,
    "pre.still_followed": pathways.still_followed,
    "pre.exits": pathways.exits,
    "pre.exits_by_reason": pathways.exits_by_reason,
    "pre.objectives": pathways.objectives,
    "pre.contacts_by_kind": pathways.contacts_by_kind,
    "satisfaction.responses": satisfaction.responses,
    "satisfaction.response_rate": satisfaction.response_rate,
    "satisfaction.distribution": satisfaction.distribution,
    "satisfaction.top_two": satisfaction.favourable,
    "satisfaction.top_two_bounds": satisfaction.favourable_bounds,
    "satisfaction.item_missing": satisfaction.item_missing,
    "satisfaction.item_refusals": satisfaction.item_refusals,
    "satisfaction.choices": answers.choices,
    "satisfaction.net_promoter": answers.promoters,
    "satisfaction.numbers": answers.numbers,
}
