"""Adapters: diversity, networks, segregation, school mix, avoidance, suppression, anonymity."""

from typing import Any

import numpy as np
import pandas as pd

from impact.cooperation.network import network
from reports.statistics.anonymity import anonymity
from reports.statistics.avoidance import social_flows
from reports.statistics.diversity import diversity, representation
from reports.statistics.school_mix import school_mix
from reports.statistics.segregation import (
    decompose,
    exposure_by_level,
    information,
    local_segregation,
    nested_contributions,
    sector_index,
    two_group_indices,
)
from reports.statistics.segregation_chance import against_chance, expected_dissimilarity
from reports.statistics.suppression import attacker_intervals, is_safe, primary_cells, suppress_two_way
from tests.reports.adapters.registry import NUMBER, Case, Yields, adapter


def _indices(counts: list[int]) -> Yields:
    found = diversity(counts)
    names = {"shannon": found.shannon, "simpson": found.simpson, "inv_simpson": found.inverse_simpson}
    names |= {"blau": found.simpson, "hill2": found.inverse_simpson, "hill1": found.hill1, "pielou": found.pielou}
    extra = {"simpson_unbiased": found.simpson_unbiased, "blau_normalised": found.blau_normalised}
    return names | extra | {"n": found.n, "types": found.types, "observed_types": found.types}


@adapter("diversity")
def diversities(given: Case, _: Any) -> Yields:
    result: Yields = {}
    for key, value in given.items():
        counts = list(value.values()) if isinstance(value, dict) else value
        if key.startswith("counts") and isinstance(counts, list):
            result |= _indices(counts) if key == "counts" else {key.removeprefix("counts_"): _indices(counts)}
    counts, target = given.get("counts"), given.get("target")
    if isinstance(counts, dict) and isinstance(target, dict):
        kinds = list(dict.fromkeys([*target, *counts]))
        ratios = representation([counts.get(kind, 0) for kind in kinds], [target.get(kind, 0) for kind in kinds])
        result["representation"] = dict(zip(kinds, ratios, strict=True))
        result["absent"] = [kind for kind in target if not counts.get(kind)]
    return result


@adapter("network", edges=list, n=int)
def graph(given: Case, _: Any) -> Yields:
    return _network(list(range(given["n"])), given["edges"], [], None)


def _network(actors: list[Any], existing: list[Any], wanted: list[Any], groups: Any) -> Yields:
    found = network(actors, existing, wanted, groups)
    counts = {"n": found.actors, "links": found.links, "possible": found.possible, "isolates": found.isolates}
    counts |= {"possible_pairs": found.possible, "existing": found.links, "confirmed": found.confirmed}
    counts |= {
        "to_create": found.to_create,
        "to_create_new": found.to_create,
        "confirmation_rate": found.confirmation_rate,
    }
    shape = {"density": found.density, "transitivity": found.transitivity, "avg_clustering": found.clustering}
    shape |= {"degree_centralisation": found.centralisation, "density_existing": found.density}
    return counts | shape | {"ei_index": found.ei, "density_if_created": found.density_if_created}


def _links(given: Case, *names: str) -> list[Any] | None:
    """Pairs from a list of pairs, or from who names whom."""
    said = next((given[name] for name in names if name in given), None)
    pairs = [[one, other] for one, others in said.items() for other in others] if isinstance(said, dict) else said
    usable = isinstance(pairs, list) and all(isinstance(pair, list) and len(pair) == 2 for pair in pairs)
    return pairs if usable else None


@adapter("network")
def declared(given: Case, _: Any) -> Yields:
    existing = _links(given, "existing", "existing_links", "citations")
    wanted = _links(given, "to_create", "to_create_links", "wanted", "planned") or []
    if existing is None:
        return {}
    found = given.get("actors", range(given["n"]) if isinstance(given.get("n"), int) else None)
    actors = list(found) if found is not None else sorted({actor for pair in existing + wanted for actor in pair})
    groups = found if isinstance(found, dict) else given.get("types", given.get("groups"))
    return _network(actors, existing, wanted, groups if isinstance(groups, dict) else None)


def _table_indices(table: list[list[float]]) -> Yields:
    counts = np.array(table, dtype=float)
    info = information(counts)
    result: Yields = {"M": info.m, "H": info.h, "group_entropy": info.entropy}
    if counts.shape[1] == 2:
        two = two_group_indices(list(counts[:, 0]), list(counts.sum(axis=1)))
        result |= {"D": two.dissimilarity, "gini": two.gini, "G": two.gini, "atkinson": two.atkinson}
        result |= {"NE": two.normalised_exposure, "isolation": two.exposure_group}
    return result


@adapter("segregation", tables=dict)
def several_tables(given: Case, _: Any) -> Yields:
    return {name: _table_indices(table) for name, table in given["tables"].items()}


def _split(table: Any, superunits: list[str]) -> Yields:
    found = decompose(table, superunits)
    states = {
        name: {"p": part.share, "M": part.m, "H": part.h, "ent_ratio": part.entropy_ratio}
        for name, part in zip(found.names, found.parts, strict=True)
    }
    return {
        "M": found.total.m,
        "H": found.total.h,
        "group_entropy": found.total.entropy,
        "M_between": found.m_between,
        "M_within": found.m_within,
        "H_between": found.h_between,
        "H_within": found.h_within,
        "M_between_states": found.m_between,
        "H_between_states": found.h_between,
        "by_state": states,
        "contribution_pct": [found.between_percent, *(part.contribution_percent for part in found.parts)],
    }


@adapter("segregation", table=list)
def one_table(given: Case, _: Any) -> Yields:
    table = np.array(given["table"], dtype=float)
    result = _table_indices(given["table"]) | {"M_transposed": information(table.T).m}
    local = local_segregation(table)
    result |= {"ls": [unit.score for unit in local if unit], "p": [unit.share for unit in local if unit]}
    if "superunits" in given:
        owner = {unit: str(place) for place, units in enumerate(given["superunits"]) for unit in units}
        result |= _split(table, [owner[unit] for unit in range(len(table))])
    return result


@adapter("segregation", file=str, group=str, unit=str)
def pupils_file(given: Case, _: Any) -> Yields:
    path = given["folder"] / given["file"]
    if not path.exists():
        return {}
    people = pd.read_csv(path)
    group, unit, upper = given["group"], given["unit"], given.get("superunit")
    wide = people.groupby([*([upper] if upper else []), unit, group])["n"].sum().unstack(fill_value=0)
    table = wide.to_numpy(dtype=float)
    result = _table_indices(table.tolist())
    if upper:
        result |= _split(table, [str(key[0]) for key in wide.index])
    levels = given.get("levels", [name for name in ("state", "district", "school") if name in people.columns])
    nested = nested_contributions(people, levels, group, "n") or {}
    result["nested"] = {level: {"M": m, "H": h} for level, (m, h) in nested.items()}
    by_group = people.groupby([group, unit])["n"].sum().unstack(fill_value=0)
    local = zip(by_group.index, local_segregation(by_group.to_numpy(dtype=float)), strict=True)
    result["local"] = {name: {"ls": score.score, "p": score.share} for name, score in local if score}
    return result


@adapter("segregation", schools=list, classes=list)
def exposure(given: Case, _: Any) -> Yields:
    schools, classes = given["schools"], given["classes"]
    two = two_group_indices([s["csp_plus"] for s in schools], [s["total"] for s in schools])
    owners = [str(c["school"]) for c in classes]
    found = exposure_by_level(owners, [c["csp_plus"] for c in classes], [c["total"] for c in classes])
    return {
        "exposure_of_csp_plus": two.exposure_group,
        "exposure_of_others": two.exposure_others,
        "normalised_exposure": two.normalised_exposure,
        "eta_squared_anova": two.normalised_exposure,
        "class_level": found.classes,
        "within_schools": found.within_schools,
    }


@adapter("segregation_bias", units=int, configs=list)
def pure_chance(given: Case, _: Any) -> Yields:
    return {
        f"n={c['size']},P={c['P']}": expected_dissimilarity(
            [c["size"]] * given["units"], round(given["units"] * c["size"] * c["P"])
        )
        for c in given["configs"]
    }


@adapter("segregation_bias", total=list, minority=list)
def classes(given: Case, _: Any) -> Yields:
    found = against_chance(given["total"], given["minority"])
    return {
        "D": found.dissimilarity,
        "expected_D_hypergeometric": found.expected,
        "carrington_troske": found.gap_to_chance,
        "p_chance": found.p,
        "norm_exposure": found.exposure,
        "norm_exposure_chance": found.exposure_expected,
        "norm_exposure_adjusted": found.exposure_adjusted,
        "allen": found.adjusted,
    }


@adapter("segregation_depp", rows=list)
def sectors(given: Case, _: Any) -> Yields:
    return {"rows": [_sector_row(row) for row in given["rows"]]}


def _sector_row(row: Case) -> Yields:
    private = row["poids_prive_pct"]
    mixes = [row["public_pct"], row["prive_pct"]]
    found = sector_index([100 - private, private], mixes, [row["H_public"], row["H_prive"]])
    shares = dict(zip(("contrib_public", "contrib_prive"), found.contributions, strict=False))
    percent = [100 * share for share in found.mix]
    totals = {"H_total": found.h, "H_between_sectors": found.h_between, "contrib_between": found.contribution_between}
    return {"ensemble_pct": percent} | totals | shares


@adapter("ips", ips_mean=list)
def ips(given: Case, _: Any) -> Yields:
    names = given.get("colleges", list(range(len(given["ips_mean"]))))
    threshold, zone = given.get("threshold_pct", 20), given.get("neutral_zone_points", 3)
    published = next((given[key] for key in ("reference", "ips_departemental", "reference_ips") if key in given), None)
    reference = published if isinstance(published, NUMBER) else None
    found = school_mix(given["ips_mean"], given.get("pupils"), given.get("ips_sd"), reference, threshold, zone)
    return {
        "mean_weighted_by_pupils": found.mean_weighted,
        "mean_unweighted": found.mean_plain,
        "total_sd": found.total_sd,
        "between_share": found.between_share,
        "deviation_points": found.deviation_points,
        "deviation_pct": found.deviation_percent,
        f"flag_{threshold}pct": [names[place] for place in found.beyond],
        f"within_{zone}_points": [names[place] for place in found.neutral],
        "range_max_min": found.spread,
        "share_pupils_flagged": found.pupils_beyond_share,
    }


@adapter("avoidance", disadvantaged=list, others=list)
def avoidance(given: Case, _: Any) -> Yields:
    found = social_flows(given["disadvantaged"], given["others"])
    every = found.together
    return {
        "residents": every.residents,
        "stay_rate": every.stay,
        "other_public_rate": every.other_public,
        "private_rate": every.private,
        "avoidance_rate": every.outside,
        "avoidance_rate_total": every.outside_total,
        "avoidance_disadvantaged": found.group.outside,
        "avoidance_others": found.others.outside,
        "avoidance_gap_total": found.gap,
        "incoming_public": every.incoming_public,
        "net_public": every.net_public,
        "disadvantaged_share_sector": found.share_sector,
        "disadvantaged_share_school": found.share_school,
        "D_if_all_stay": found.if_all_stayed.dissimilarity,
        "D_observed_with_private_as_one_unit": found.observed.dissimilarity,
        "NE_if_all_stay": found.if_all_stayed.normalised_exposure,
        "NE_observed": found.observed.normalised_exposure,
    }


def _audit(table: Any, hidden: Any) -> Yields:
    return {f"{i},{j}": list(bounds) for (i, j), bounds in attacker_intervals(table, hidden).items()}


def _suppression(given: Case, expected: Any) -> Yields:
    table, threshold = given["table"], given.get("threshold", 5)
    primary, found = primary_cells(table, threshold), suppress_two_way(table, threshold)
    result: Yields = {"primary": [list(cell) for cell in found.primary], "audit_primary_only": _audit(table, primary)}
    result["safe_primary_only"] = is_safe(table, primary, primary, threshold)
    result |= {"min_secondary_cells": len(found.secondary), "min_secondary_total_count": found.secondary_total}
    result["one_optimal_choice"] = [list(cell) for cell in found.secondary]
    assert found.safe
    for key in (key for key in given if key.startswith("pattern_")):
        hidden = primary.copy()
        hidden[tuple(np.array(given[key]).T)] = True
        result |= {f"audit_{key}": _audit(table, hidden), f"safe_{key}": is_safe(table, hidden, primary, threshold)}
    return result


adapter("suppression", table=list)(_suppression)


@adapter("avoidance", table=list, threshold=NUMBER)
def masked_flows(given: Case, expected: Any) -> Yields:
    return _suppression(given, expected)


@adapter("anonymity", rows=list, quasi_identifiers=list, sensitive=str, k=int)
def classes_of_people(given: Case, _: Any) -> Yields:
    quasi, sensitive, k = given["quasi_identifiers"], given["sensitive"], given["k"]
    found = anonymity(pd.DataFrame(given["rows"], columns=[*quasi, sensitive]), quasi, sensitive, k)
    return {
        "class_sizes": {"|".join(key): size for key, size in found.sizes.items()},
        "k_min": found.k_min,
        f"classes_below_{k}": ["|".join(key) for key in found.small],
        f"people_below_{k}": found.people_in_small,
        "l_diversity_min": found.l_min,
        "classes_l1": ["|".join(key) for key in found.uniform],
    }
