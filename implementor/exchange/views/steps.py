"""The steps to an import: the file, how it is read, what its columns fill, and the check of all its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.exchange import services
from implementor.exchange.forms import OptionsForm, reading_form, upload_form
from implementor.exchange.kinds import ImportKind, Options, Setup, kind_named
from implementor.exchange.models import ImportRun
from implementor.exchange.readers.source import Source, UnreadableFile
from implementor.exchange.running import setup_of
from implementor.exchange.sources import column_heads, filled_by, open_file, opened_to, suggestions_for
from implementor.exchange.views.checking import look_and_keep
from implementor.exchange.views.mapping_page import (
    Mapped,
    columns_shown,
    defaults_sent,
    mapping_sent,
    preview_rows,
    taken_where_unsaid,
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
from implementor.foundation.text import clean_line
from implementor.foundation.words import say
from implementor.web import idempotency
from implementor.web.guard import actor, reads_first
from implementor.web.language import settings
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session, start_writing

SHOWN_ROWS = 10


# --- the file ---------------------------------------------------------------------------------------------------------


@imports_page("/new", "GET")
def new() -> Response:
    """Choose a file; a page that leads here names the kind of its rows and, by `about`, the record they belong to."""
    form = upload_form(_kinds())
    if request.args.get("kind") in dict(_kinds()):
        form.kind.data, form.about.data = request.args["kind"], request.args.get("about", "")
    return _draw_new(form)


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
    defaults = kind.defaults_of(session(), place_id(), form.about.data or "")
    run = services.begin_run(
        session(), kind=kind, project_id=place_id(), upload=stored, by=actor(), at=now(), defaults=defaults
    )
    services.keep_shape(run, detected=detected.kind, columns=source.columns, heads=column_heads(source))
    return redirect(url_for("exchange.reading", run_id=run.id), 303)


def _kinds() -> list[tuple[str, Any]]:
    return [(kind.name, kind.label) for kind in kinds_here()]


def _draw_new(form: Any, status: int = 200) -> Response:
    limit = settings().max_upload_mb
    kind = next((one for one in kinds_here() if one.name == form.kind.data), None)
    defaults = kind.defaults_of(session(), place_id(), form.about.data or "") if kind is not None else {}
    return draw(
        "exchange/new.html", status, form=form, steps=steps_of(None, "uploaded"), limit=limit,
        taken=taken_where_unsaid(kind, defaults),
    )  # fmt: skip


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
    suggested = suggestions_for(source, kind_of(run), actor())
    known = run.columns_to_fields or services.recall_mapping(session(), run, source.columns)
    mapping, shut = opened_to(kind_of(run), known or filled_by(suggested), actor())
    reasons = {at: offer.reason for at, offer in suggested.items() if mapping.get(at, "") == offer.field} | shut
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
        services.refuse_mapping(kind, setup.source.columns, setup.mapping, actor())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_columns(run, form, setup, {}, refusal=refusal, status=422)
    return look_and_keep(run, setup)


def _options(run: ImportRun, kind: ImportKind, form: OptionsForm) -> Options:
    """What the form says; kinds of projects are asked less."""
    kept = Options(**run.options)
    taken = replace(
        kept, mode=form.mode.data, filling=form.filling.data, clears=bool(form.clears.data), time_zone=actor().time_zone
    )
    if kind.in_project:
        return replace(taken, links=form.links.data) if kind.asks_links else taken
    return replace(
        taken,
        links=form.links.data,
        country=(form.country.data or "").strip().upper(),
        system=clean_line(form.system.data or ""),
        defaults=defaults_sent(request.form, kind, actor()),
    )


def _draw_columns(
    run: ImportRun, form: Any, setup: Setup, reasons: Mapping[int, Any], *, refusal: InvalidInput | None = None,
    is_remembered: bool = False, status: int = 200,
) -> Response:  # fmt: skip
    kind = kind_of(run)
    shown = columns_shown(setup, kind, reasons, refusal.errors if refusal else {})
    mapped: Mapped = preview_rows(session(), kind, setup)
    return draw(
        "exchange/columns.html", status, form=form, columns=shown, targets=kind.targets_for(actor()), mapped=mapped,
        is_remembered=is_remembered, defaults=setup.options.defaults,
        taken=taken_where_unsaid(kind, setup.options.defaults) if kind.in_project else [], **about(run),
    )  # fmt: skip
