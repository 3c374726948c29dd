"""Tables that people take along: one answer for a table as a sheet or as text, whoever made its rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask import Response, abort, send_file

from implementor.exchange.writers import csv_lines, xlsx_file

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = ("csv", "xlsx")


def table_file(
    name: str, form: str, *, about: Sequence[str], header: Sequence[object], rows: Iterable[Sequence[Any]]
) -> Response:
    """The table as a file called `name` without its ending; 404 for a `form` that is neither csv nor xlsx.

    `about` says what it is of, as of when and for whom; `rows` are read once.
    """
    if form not in FORMATS:
        abort(404)
    words = [str(one) for one in header]
    if form == "xlsx":
        return send_file(xlsx_file(about, words, rows), XLSX, as_attachment=True, download_name=f"{name}.xlsx")
    body = "".join(csv_lines(about, words, rows))
    return Response(body, mimetype="text/csv", headers={"Content-Disposition": f"attachment; filename={name}.csv"})
