"""The steps to an import: the file, how it is read, what its columns fill, and the check of all its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.exchange import queries, services
from implementor.exchange.forms import OptionsForm, reading_form, upload_form
from implementor.exchange.kinds import ImportKind, Options, Setup, kind_named, reason_from_json
from implementor.exchange.models import PREVIEWED, PREVIEWING, ImportRun
from implementor.exchange.readers.source import Source, UnreadableFile
from implementor.exchange.running import setup_of
from implementor.exchange.sources import column_heads, open_file, suggestions_for
from implementor.exchange.views.looking import is_small, keep_look, looked_at
from implementor.exchange.views.mapping_page import (
    Mapped,
    columns_shown,
    defaults_sent,
    mapping_sent,
    preview_rows,
)
from implementor.exchange.views.routing import (
    about,
    imports_page,
    kind_of,
    kinds_here,
    path_of,
    place_id,
    run_or_404,
    steps_of,
    store,
)
from implementor.foundation.errors import InvalidInput
from implementor.foundation.text import clean_line, folded
from implementor.foundation.words import say
from implementor.web import idempotency
from implementor.web.guard import actor, reads_first
from implementor.web.language import settings
from implementor.web.messages import tell
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session, start_writing

SHOWN_ROWS = 10
SHOWN_REFUSED = 100


# --- the file ---------------------------------------------------------------------------------------------------------


@imports_page("/new", "GET")
def new() -> Response:
    """Choose a file."""
    return _draw_new(upload_form(_kinds()))


@imports_page("/new", "POST")
@reads_first
def create() -> ResponseReturnValue:
    """Receive the file; it is on disk and can be read before anything is written about it."""
    form = upload_form(_kinds())
    upload = request.files.get("file")
    if not form.validate():
        return _draw_new(form, 422)
    if upload is None or not upload.filename:
        form.refuse(InvalidInput({"file": say("Choose a file.")}))
        return _draw_new(form, 422)
    kind = kind_named(form.kind.data)
    key = None
    try:
        stored = store().put(upload.filename, upload.stream, largest=settings().max_upload_mb * 1024 * 1024)
        key = stored.key
        source, detected = open_file(store().path(key or ""), filename=stored.name, hints={}, kind=kind)
    except (InvalidInput, UnreadableFile) as refusal:
        if key is not None:
            store().remove(key)
        form.refuse(InvalidInput({"file": say("%(reason)s", reason=str(refusal))}))
        return _draw_new(form, 422)
    start_writing()
    again = idempotency.replay()
    if again is not None:
        store().remove(key or "")
        return again
    run = services.begin_run(session(), kind=kind, project_id=place_id(), upload=stored, by=actor(), at=now())
    services.keep_shape(run, detected=detected.kind, columns=source.columns, heads=column_heads(source))
    return redirect(url_for("exchange.reading", run_id=run.id), 303)


def _kinds() -> list[tuple[str, Any]]:
    return [(kind.name, kind.label) for kind in kinds_here()]


def _draw_new(form: Any, status: int = 200) -> Response:
    limit = settings().max_upload_mb
    return draw("exchange/new.html", status, form=form, steps=steps_of(None, "uploaded"), limit=limit)


# --- how it is read ---------------------------------------------------------------------------------------------------


@imports_page("/<int:run_id>/reading", "GET")
def reading(run_id: int) -> Response:
    """What the file turned out to be."""
    run = run_or_404(run_id)
    return _draw_reading(run, run.hints)


@imports_page("/<int:run_id>/reading", "POST")
def reread(run_id: int) -> ResponseReturnValue:
    """Read it in another way, or go on."""
    run = run_or_404(run_id)
    form = reading_form(_opened(run, run.hints), run.hints)
    try:
        hints = form.hints() if form.validate() else None
    except ValueError:
        form.refuse(InvalidInput({"header_rows": say("Write row numbers, such as 3 or 3, 4.")}))
        hints = None
    if hints is None:
        return _draw_reading(run, run.hints, form, 422)
    try:
        source, detected = open_file(path_of(run), filename=run.file_name, hints=hints, kind=kind_of(run))
    except UnreadableFile as fault:
        form.refuse(InvalidInput({"form": say("%(reason)s", reason=str(fault))}))
        return _draw_reading(run, run.hints, form, 422)
    if hints != run.hints and not _says_the_same(hints, source):
        services.correct_reading(run, hints)
    services.keep_shape(run, detected=detected.kind, columns=source.columns, heads=column_heads(source))
    goes_on = request.form.get("go") != "refresh"
    return redirect(url_for("exchange.columns" if goes_on else "exchange.reading", run_id=run.id), 303)


def _opened(run: ImportRun, hints: Mapping[str, Any]) -> Source:
    """The file as it was read last."""
    return open_file(path_of(run), filename=run.file_name, hints=hints, kind=kind_of(run))[0]


def _says_the_same(hints: Mapping[str, Any], source: Any) -> bool:
    """Whether a form only repeats what the file says by itself."""
    return set(hints) <= {"header_rows"} and hints.get("header_rows") == list(source.header_rows)


def _draw_reading(run: ImportRun, hints: Mapping[str, Any], form: Any = None, status: int = 200) -> Response:
    try:
        source, detected = open_file(path_of(run), filename=run.file_name, hints=hints, kind=kind_of(run))
    except UnreadableFile as fault:
        return draw("exchange/gone.html", 409, reason=str(fault), **about(run))
    rows = list(islice(source.rows(), SHOWN_ROWS))
    sheets = reading_form(source, hints)
    if form is None:
        form = sheets
    else:
        form.sheet.choices = sheets.sheet.choices
    return draw("exchange/reading.html", status, form=form, source=source, detected=detected, rows=rows, **about(run))


# --- what its columns fill --------------------------------------------------------------------------------------------


@imports_page("/<int:run_id>/columns", "GET")
def columns(run_id: int) -> Response:
    """Which column fills which field, as suggested, remembered or chosen."""
    run = run_or_404(run_id)
    try:
        source, detected = open_file(path_of(run), filename=run.file_name, hints=run.hints, kind=kind_of(run))
    except UnreadableFile as fault:
        return draw("exchange/gone.html", 409, reason=str(fault), **about(run))
    suggested = suggestions_for(source, kind_of(run))
    known = run.columns_to_fields or services.recall_mapping(session(), run, source.columns)
    mapping = known or {column: offer.field for column, offer in suggested.items()}
    reasons = {column: offer.reason for column, offer in suggested.items() if mapping.get(column) == offer.field}
    form = OptionsForm(data=run.options)
    setup = Setup(
        run.id, run.project_id, run.file_name, source, detected, mapping, Options(**run.options), actor(), now()
    )
    return _draw_columns(run, form, setup, reasons, is_remembered=bool(known) and not run.mapping)


@imports_page("/<int:run_id>/columns", "POST")
@reads_first
def map_columns(run_id: int) -> ResponseReturnValue:
    """Keep the mapping and check the file; or only show what the first rows would become."""
    run = run_or_404(run_id)
    form = OptionsForm()
    kind, setup = setup_of(run, path_of(run), by=actor(), at=now())
    setup.mapping, setup.learned = mapping_sent(request.form, len(setup.source.columns)), {}
    if not form.validate():
        return _draw_columns(run, form, setup, {}, status=422)
    setup.options = _options(run, kind, form)
    if request.form.get("go") == "preview":
        return _draw_columns(run, form, setup, {})
    try:
        services.refuse_mapping(kind, setup.source.columns, setup.mapping)
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_columns(run, form, setup, {}, refusal=refusal, status=422)
    return _look_and_keep(run, setup)


def _options(run: ImportRun, kind: ImportKind, form: OptionsForm) -> Options:
    """What the form says; kinds of projects are asked less."""
    kept = Options(**run.options)
    taken = replace(
        kept, mode=form.mode.data, filling=form.filling.data, clears=bool(form.clears.data), time_zone=actor().time_zone
    )
    if kind.in_project:
        return taken
    return replace(
        taken,
        links=form.links.data,
        country=(form.country.data or "").strip().upper(),
        system=clean_line(form.system.data or ""),
        defaults=defaults_sent(request.form, kind),
    )


def _draw_columns(
    run: ImportRun, form: Any, setup: Setup, reasons: Mapping[int, Any], *, refusal: InvalidInput | None = None,
    is_remembered: bool = False, status: int = 200,
) -> Response:  # fmt: skip
    kind = kind_of(run)
    shown = columns_shown(setup, kind, reasons, refusal.errors if refusal else {})
    mapped: Mapped = preview_rows(session(), kind, setup)
    return draw(
        "exchange/columns.html", status, form=form, columns=shown, targets=kind.targets, mapped=mapped,
        is_remembered=is_remembered, defaults=setup.options.defaults, **about(run),
    )  # fmt: skip


# --- the check --------------------------------------------------------------------------------------------------------


def _look_and_keep(run: ImportRun, setup: Setup) -> ResponseReturnValue:
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
    """Say what words mean that nothing here explains, and check again."""
    run = run_or_404(run_id)
    kind, setup = setup_of(run, path_of(run), by=actor(), at=now())
    meanings = {name: dict(words) for name, words in setup.options.meanings.items()}
    offered = {name: {value for value, _ in pairs} for name, pairs in kind.open_words(session(), place_id()).items()}
    for field, value in request.form.items():
        name, colon, word = field.partition(":")
        if colon and name in offered and (value in offered[name] or not value):
            meanings.setdefault(name, {})[folded(word)] = value
    setup.options = replace(setup.options, meanings=meanings)
    setup.learned = {}
    return _look_and_keep(run, setup)


def _draw_check(run: ImportRun, shown: dict[str, Any]) -> Response:
    kind = kind_of(run)
    refused = session().scalars(queries.refused_of_run(run_id=run.id, limit=SHOWN_REFUSED)).all()
    lines = [(row.row, reason_from_json(reason)) for row in refused for reason in row.reasons]
    words = kind.open_words(session(), place_id()) if run.learned.get("unknown") else {}
    unknown: dict[str, list[str]] = {
        name: run.learned["unknown"][name] for name in words if run.learned["unknown"].get(name)
    }
    chosen = Options(**run.options).meanings
    return draw(
        "exchange/check.html", refused=lines, unknown=unknown, words=words, chosen=chosen, fold=folded,
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
