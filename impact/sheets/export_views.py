"""The page of tables, and what goes out of it."""

import io
import zipfile
from collections.abc import Sequence

from flask import Response, render_template

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db, today
from impact.sheets import export_storage, views
from impact.sheets.forms import ExportForm
from impact.sheets.workbook import SEPARATORS, Table, to_csv, to_xlsx
from impact.wording import fold

pages = views.pages


@pages.route("/", methods=["GET", "POST"])
@allowed(Action.EXCHANGE_SITUATIONS)
def index(slug: str) -> views.Answer:
    """What comes in, what goes out, which children are there twice."""
    form = ExportForm()
    if form.submitted():
        whole = form.content.data == "all"
        tables = (
            export_storage.every_table(community_db(), actor(), form.words.data == "codes")
            if whole
            else [export_storage.follow_up_table(community_db(), actor())]
        )
        name = f"{'dossiers' if whole else 'suivi'}-{slug}-{today().isoformat()}"
        return _sent(tables, name, form)
    return render_template("sheets/index.html", form=form)


def _sent(tables: Sequence[Table], name: str, form: ExportForm) -> Response:
    if form.shape.data == "xlsx":
        content, kind, ending = to_xlsx(tables), views.XLSX, "xlsx"
    else:
        separator, decimal = SEPARATORS[form.separator.data], form.decimal.data
        texts = {f"{fold(table[0]).replace(' ', '-')}.csv": to_csv(table, separator, decimal) for table in tables}
        if len(texts) == 1:
            content, kind, ending = next(iter(texts.values())), "text/csv", "csv"
        else:
            content, kind, ending = _zipped(texts), "application/zip", "zip"
    return Response(content, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}.{ending}"'})


def _zipped(texts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
    return stream.getvalue()
