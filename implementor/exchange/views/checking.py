"""The check of all rows of an import, the words that a person explains, and the start of the import itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.exchange import queries, services
from implementor.exchange.kinds import Options, Setup, reason_from_json
from implementor.exchange.models import PREVIEWED, PREVIEWING, ImportRun
from implementor.exchange.running import setup_of
from implementor.exchange.views.looking import is_small, keep_look, looked_at
from implementor.exchange.views.routing import (
    about,
    emptied_lines,
    imports_page,
    kind_of,
    path_of,
    place_id,
    run_or_404,
)
from implementor.foundation.text import clean_line, folded
from implementor.foundation.words import say
from implementor.web import idempotency
from implementor.web.guard import actor, reads_first
from implementor.web.messages import tell
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session, start_writing

SHOWN_REFUSED = 100
LONGEST_MEANING = 200


def look_and_keep(run: ImportRun, setup: Setup) -> ResponseReturnValue:
    """Check at once or by a job, then keep mapping and result in one short transaction."""
    run_id, kind = run.id, kind_of(run)
    found = looked_at(kind, setup) if is_small(run, setup) else None
    start_writing()
    again = idempotency.replay()
    if again is not None:
        return again
    run = run_or_404(run_id)
    services.set_mapping(session(), run, kind, setup.source.columns, setup.mapping, setup.options, by=actor(), at=now())
    if found is not None:
        session().flush()
        keep_look(run, *found)
    else:
        services.ask_preview(session(), run, by=actor(), at=now())
    return redirect(url_for("exchange.check", run_id=run_id), 303)


@imports_page("/<int:run_id>/check", "GET")
def check(run_id: int) -> ResponseReturnValue:
    """What would become of the rows."""
    run = run_or_404(run_id)
    if run.started_at is not None:
        return redirect(url_for("exchange.show", run_id=run_id), 303)
    shown = about(run)
    if shown["standing"] not in (PREVIEWING, PREVIEWED) and run.message is None:
        return redirect(url_for("exchange.columns", run_id=run_id), 303)
    if not shown["job"] or shown["standing"] != PREVIEWING or not request.if_none_match.contains(shown["version"]):
        return _draw_check(run, shown)
    return Response(status=204)


@imports_page("/<int:run_id>/check", "POST")
@reads_first
def explain(run_id: int) -> ResponseReturnValue:
    """Say what words mean that nothing here explains or what becomes of cells that cannot be read; check again."""
    run = run_or_404(run_id)
    kind, setup = setup_of(run, path_of(run), by=actor(), at=now())
    meanings = {name: dict(words) for name, words in setup.options.meanings.items()}
    offered = {name: {value for value, _ in pairs} for name, pairs in kind.open_words(session(), place_id()).items()}
    for field, value in request.form.items():
        name, colon, word = field.partition(":")
        meaning = clean_line(value)[:LONGEST_MEANING]
        if colon and name in offered and (meaning in offered[name] or not meaning or not offered[name]):
            meanings.setdefault(name, {})[folded(word)] = meaning
    skips = request.form.get("skips_cells", "yes" if setup.options.skips_cells else "no") == "yes"
    doubles = request.form.get("doubles", "yes" if setup.options.doubles else "no") == "yes"
    setup.options = replace(setup.options, meanings=meanings, skips_cells=skips, doubles=doubles)
    setup.learned = {}
    return look_and_keep(run, setup)


def _draw_check(run: ImportRun, shown: dict[str, Any]) -> Response:
    kind = kind_of(run)
    refused = session().scalars(queries.refused_of_run(run_id=run.id, limit=SHOWN_REFUSED)).all()
    lines = [(row.row, reason_from_json(reason)) for row in refused for reason in row.reasons]
    emptied = emptied_lines(run)
    words = kind.open_words(session(), place_id()) if run.learned.get("unknown") else {}
    unknown: dict[str, list[str]] = {
        name: run.learned["unknown"][name] for name in words if run.learned["unknown"].get(name)
    }
    options = Options(**run.options)
    return draw(
        "exchange/check.html", refused=lines, emptied=emptied, unknown=unknown, words=words, chosen=options.meanings,
        fold=folded, options=options, spare=run.learned.get("spare", 0), doubles=run.learned.get("doubles", 0),
        field_label=lambda name: getattr(kind.target(name), "label", name), **shown,
    )  # fmt: skip


@imports_page("/<int:run_id>/run", "POST")
def run_import(run_id: int) -> ResponseReturnValue:
    """Bring it in, or go on where an attempt stopped."""
    run = run_or_404(run_id)
    path_of(run)
    services.ask_run(session(), run, by=actor(), at=now())
    tell(say("%(file)s is being imported.", file=run.file_name))
    return redirect(url_for("exchange.show", run_id=run_id), 303)
