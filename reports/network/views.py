"""« Réseau »: the communities of one person side by side, in protected figures only."""

from flask import Blueprint, render_template, request

from impact.accounts.access import Action, may
from impact.accounts.guards import account, directory, instance, signed_in, today
from impact.accounts.storage import list_memberships
from impact.audit import Actor
from impact.exceptions import Refused
from impact.periods import Period, last_complete_school_year, parse_period
from impact.vocabulary import CommunityKind
from reports.network.presenting import Side, side_by_side
from reports.network.records import Peer, PeerFigure
from reports.network.storage import list_figures, list_peers
from reports.rules import before

pages = Blueprint("network", __name__, url_prefix="/reseau", template_folder="../templates")
LEAST_SHOWN = 2


@pages.get("/")
@signed_in
def index() -> str:
    """Key figures of every community whose indicators this person may read."""
    mine = _readable()
    shared = instance().shared()
    try:
        peers = list_peers(shared)
        figures = {kind: list_figures(shared, kind) for kind in CommunityKind}
    finally:
        shared.close()
    known = [each for kind in CommunityKind for each in figures[kind] if each.slug in mine]
    period, periods = _chosen(known)
    return render_template(
        "network/index.html",
        sides=_sides(peers, figures, mine, period),
        communities=len(mine),
        enough=len(mine) >= LEAST_SHOWN,
        period=period,
        before=before(period),
        periods=periods,
    )


def _readable() -> set[str]:
    known = account()
    assert known is not None
    return {
        each.community_slug
        for each in list_memberships(directory(), known.id)
        if may(Actor(known.ref, each.role.value, each.member_id), Action.VIEW_FIGURES)
    }


def _sides(
    peers: list[Peer], figures: dict[CommunityKind, list[PeerFigure]], mine: set[str], period: Period
) -> list[Side]:
    found = []
    for kind in CommunityKind:
        alike = [peer for peer in peers if peer.kind is kind]
        if any(peer.slug in mine for peer in alike):
            found.append(side_by_side(alike, figures[kind], mine, period, before(period)))
    return found


def _chosen(known: list[PeerFigure]) -> tuple[Period, list[Period]]:
    """The period asked for, else the last complete school year; and those over which something was published."""
    usual = last_complete_school_year(today())
    offered = sorted({parse_period(each.period) for each in known} | {usual}, key=lambda each: each.start, reverse=True)
    wanted = request.args.get("periode", "")
    try:
        chosen = parse_period(wanted) if wanted else usual
    except ValueError as error:
        raise Refused(str(error)) from error
    return chosen, list(dict.fromkeys([*offered, chosen]))
