"""When the figures of a community are computed again after a form that was sent."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

from flask import Flask, Response, request

from impact.jobs import Jobs
from reports.issuing import REFRESH_FIGURES

ANSWERING = "respondents.respond"


class Refreshing:
    """At once, and once for several forms, after a form of the house; at the next whole minute after an answer.

    Answers come by the hundred, and a moment kept in the queue must not tell when one of them came.
    """

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._ordered: dict[tuple[Path, str], datetime] = {}

    @property
    def _jobs(self) -> Jobs:
        return cast(Jobs, self._app.extensions["jobs"])

    def after(self, response: Response) -> Response:
        """Look at every response: only a form that was taken changes a figure."""
        slug = (request.view_args or {}).get("slug")
        taken = request.method == "POST" and response.status_code == 303 and request.endpoint != ANSWERING
        if slug and taken and (REFRESH_FIGURES, [slug]) not in self._jobs.waiting():
            self._jobs.order(REFRESH_FIGURES, slug)
        return response

    def after_answer(self, slug: str) -> None:
        """A person answered a questionnaire of this community."""
        self._order_for(slug, datetime.now(UTC))

    def _order_for(self, slug: str, moment: datetime) -> None:
        minute = moment.replace(second=0, microsecond=0) + timedelta(minutes=1)
        known = self._jobs.place.root, slug
        if self._ordered.get(known) != minute:
            self._ordered[known] = minute
            self._jobs.order_for(minute, REFRESH_FIGURES, slug)
