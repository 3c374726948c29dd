"""Finding one record among very many while its name is typed."""

from __future__ import annotations

from flask import abort, render_template, request

from implementor.foundation.lookup import MOST_FOUND, lookups
from implementor.foundation.permissions import SIGNED_IN
from implementor.foundation.text import clean_line
from implementor.lists.views.routing import blueprint
from implementor.web.guard import actor, allow
from implementor.web.lookup_field import LONGEST_TEXT
from implementor.web.unit_of_work import session


@blueprint.get("/lookup/<kind>")
@allow(SIGNED_IN)
def lookup(kind: str) -> str:
    """Options for what was typed so far: the records of a kind that this person sees, the best first."""
    if kind not in lookups:
        abort(404)
    text = clean_line(request.args.get("q", ""))[:LONGEST_TEXT]
    rows = session().execute(lookups[kind].search(text, actor()).limit(MOST_FOUND + 1)).all()
    return render_template("lists/_lookup_options.html", rows=rows[:MOST_FOUND], has_more=len(rows) > MOST_FOUND)
