"""When the figures of a community are computed again after a form that was sent."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Response, request

from impact.jobs import jobs
from reports.issuing import REFRESH_FIGURES

ANSWERING = "respondents.respond"


class Refreshing:
    """At once, and once for several forms, after a form of the house; at the next whole minute after an answer.

    Answers come by the hundred, and a moment kept in the queue must not tell when one of them came.
    """

    def __init__(self) -> None:
        self._ordered: dict[tuple[Path, str], datetime] = {}

    def after(self, response: Response) -> Response:
        """Look at every response: only a form that was taken changes a figure."""
        slug = (request.view_args or {}).get("slug")
        if slug and request.method == "POST" and response.status_code == 303:
            if request.endpoint == ANSWERING:
                self._order_for(slug, datetime.now(UTC))
            elif (REFRESH_FIGURES, [slug]) not in jobs().waiting():
                jobs().order(REFRESH_FIGURES, slug)
        return response

    def _order_for(self, slug: str, moment: datetime) -> None:
        minute = moment.replace(second=0, microsecond=0) + timedelta(minutes=1)
        known = jobs().place.root, slug
        if self._ordered.get(known) != minute:
            self._ordered[known] = minute
            jobs().order_for(minute, REFRESH_FIGURES, slug)
