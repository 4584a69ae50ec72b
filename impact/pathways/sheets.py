"""A template printed as PDF/A, and its entry in the log."""

from datetime import UTC, datetime
from typing import Any

from flask import Response, render_template

from impact.accounts.guards import actor, community_db, today
from impact.audit import Deed, note_access
from impact.communities.storage import get_community
from impact.exceptions import Unusable
from impact.printing import PrintingFailed, print_pdf


def sheet(template: str, name: str, **values: Any) -> Response:
    """The PDF of a template of this feature, offered under `name`; raises Unusable when it cannot be printed."""
    html = render_template(template, community_name=get_community(community_db()).name, printed_on=today(), **values)
    try:
        content = print_pdf(html, moment=datetime.now(UTC))
    except PrintingFailed as failure:
        raise Unusable(str(failure)) from failure
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return Response(content, mimetype="application/pdf", headers=headers)


def note_print(kind: str, object_id: int) -> None:
    """Every printing of something nominative leaves its entry."""
    note_access(community_db(), actor(), Deed.PRINT, kind, object_id)
