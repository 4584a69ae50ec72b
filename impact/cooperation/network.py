"""Who works with whom, and who would like to: declared links between actors. No p-value: links depend on each other."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

Pair = frozenset[Hashable]


@dataclass(frozen=True)
class Network:
    """A graph of unordered pairs among `actors` people or organisations (shares in 0..1).

    `confirmed` links are cited by both; `to_create` leaves out links that exist already; `density_if_created` adds them;
    `density_responding` keeps only actors who answered; `ei` is (external - internal)/(external + internal).
    """

    actors: int
    possible: int
    links: int
    density: float | None
    confirmed: int
    confirmation_rate: float | None
    to_create: int
    density_if_created: float | None
    density_responding: float | None
    isolates: int
    ei: float | None
    centralisation: float | None
    transitivity: float | None
    clustering: float | None


def unordered(citations: Iterable[Sequence[Hashable]]) -> set[Pair]:
    """Pairs without direction nor repetition; an actor citing itself is left out."""
    return {frozenset(pair[:2]) for pair in citations if pair[0] != pair[1]}


def confirmed_pairs(citations: Iterable[Sequence[Hashable]]) -> set[Pair]:
    """Pairs cited in both directions."""
    directed = {(pair[0], pair[1]) for pair in citations if pair[0] != pair[1]}
    return {frozenset(pair) for pair in directed if (pair[1], pair[0]) in directed}


def network(
    actors: Sequence[Hashable],
    existing: Sequence[Sequence[Hashable]],
    wanted: Sequence[Sequence[Hashable]] = (),
    groups: Mapping[Hashable, Hashable] | None = None,
    responding: Iterable[Hashable] | None = None,
) -> Network:
    """Describe declared links; each item of `existing` and `wanted` is (who says, with whom).

    `groups` maps every linked actor to its type, for the E-I index (Krackhardt & Stern 1988). Centralisation: Freeman
    1979; clustering: mean local coefficient, actors with fewer than two links counting 0 (Watts & Strogatz 1998).
    ValueError for a link with an unknown actor.
    """
    people = set(actors)
    links, plans = unordered(existing), unordered(wanted)
    if not all(pair <= people for pair in links | plans):
        raise ValueError("a link names an unknown actor")
    n = len(people)
    possible = n * (n - 1) // 2
    new = plans - links
    neighbours = {
        actor: {other for pair in links if actor in pair for other in pair if other != actor} for actor in people
    }
    both = len(confirmed_pairs(existing))
    triangles, triads = _triangles(neighbours)
    return Network(
        actors=n,
        possible=possible,
        links=len(links),
        density=len(links) / possible if possible else None,
        confirmed=both,
        confirmation_rate=both / len(links) if links else None,
        to_create=len(new),
        density_if_created=len(links | new) / possible if possible else None,
        density_responding=None if responding is None else _density_among(links, set(responding) & people),
        isolates=sum(1 for around in neighbours.values() if not around),
        ei=None if groups is None else external_internal(links, groups),
        centralisation=_centralisation([len(around) for around in neighbours.values()]),
        transitivity=triangles / triads if triads else None,
        clustering=_clustering(neighbours) if n else None,
    )


def _density_among(links: set[Pair], people: set[Hashable]) -> float | None:
    possible = len(people) * (len(people) - 1) // 2
    return sum(1 for pair in links if pair <= people) / possible if possible else None


def external_internal(links: Iterable[Pair], groups: Mapping[Hashable, Hashable]) -> float | None:
    """E-I index in -1 (all inside groups) .. 1 (all between groups); None without any link."""
    kinds = [len({groups[actor] for actor in pair}) for pair in links]
    return (2 * sum(1 for kind in kinds if kind == 2) - len(kinds)) / len(kinds) if kinds else None


def _centralisation(degrees: Sequence[int]) -> float | None:
    n = len(degrees)
    return sum(max(degrees) - degree for degree in degrees) / ((n - 1) * (n - 2)) if n > 2 else None


def _closed(neighbours: Mapping[Hashable, set[Hashable]], actor: Hashable) -> int:
    """Linked pairs among the neighbours of one actor."""
    around = neighbours[actor]
    return sum(len(neighbours[other] & around) for other in around) // 2


def _triangles(neighbours: Mapping[Hashable, set[Hashable]]) -> tuple[int, int]:
    closed = sum(_closed(neighbours, actor) for actor in neighbours)
    return closed, sum(len(around) * (len(around) - 1) // 2 for around in neighbours.values())


def _clustering(neighbours: Mapping[Hashable, set[Hashable]]) -> float:
    local = [
        2 * _closed(neighbours, actor) / (len(around) * (len(around) - 1)) if len(around) > 1 else 0.0
        for actor, around in neighbours.items()
    ]
    return sum(local) / len(local)


@dataclass(frozen=True)
class Realisation:
    """Planned links that exist at the next wave: their number, the number planned and their share."""

    made: int
    planned: int
    share: float | None


def realisation(planned: Iterable[Sequence[Hashable]], existing_later: Iterable[Sequence[Hashable]]) -> Realisation:
    """How many links wished at one wave exist at the next (Wilson interval from `proportions.wilson`)."""
    wishes = unordered(planned)
    made = len(wishes & unordered(existing_later))
    return Realisation(made, len(wishes), made / len(wishes) if wishes else None)
