"""What the links of each round amount to, and what became of those to create: year after year, beside the picture."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from impact.communities.records import Organisation
from impact.cooperation.network import Network, Realisation, network, realisation, unordered
from impact.cooperation.records import Link, Round
from impact.vocabulary import OrganisationKind

_Said = list[tuple[int, int]]


@dataclass(frozen=True)
class FollowedRound:
    """A round, its network, and what was made since the round before (None for the first)."""

    round: Round
    network: Network
    made: Realisation | None


def follow(
    rounds: Sequence[Round], links: Mapping[int, Sequence[Link]], organisations: Sequence[Organisation]
) -> list[FollowedRound]:
    """One entry per round, the oldest first; `links` by id of the round, those of a closed one as on its day."""
    kinds: dict[Hashable, Hashable] = {known.id: known.kind for known in organisations}
    found: list[FollowedRound] = []
    planned: _Said | None = None
    for each in rounds:
        existing, wanted = _said(links[each.id])
        made = None if planned is None else realisation(planned, existing)
        found.append(FollowedRound(each, network(list(kinds), existing, wanted, kinds), made))
        here = unordered(existing)
        planned = [wish for wish in wanted if frozenset(wish) not in here]
    return found


def absent_kinds(organisations: Sequence[Organisation]) -> list[OrganisationKind]:
    """Kinds that no organisation of the directory has, « other » left out."""
    present = {known.kind for known in organisations} | {OrganisationKind.OTHER}
    return [kind for kind in OrganisationKind if kind not in present]


def _said(links: Sequence[Link]) -> tuple[_Said, _Said]:
    """Links that exist, then those to create, as (who says, with whom)."""
    existing: _Said = []
    wanted: _Said = []
    for link in links:
        for said in link.declarations:
            other = link.second_id if said.declarer_id == link.first_id else link.first_id
            (existing if said.exists else wanted).append((said.declarer_id, other))
    return existing, wanted
