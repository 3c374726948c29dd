"""Figures of a migration run as files: the control file of the other system read, and all figures given away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from flask import Response, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.exchange.readers.opening import open_source
from implementor.exchange.readers.source import UnreadableFile
from implementor.exchange.table_files import table_file
from implementor.exchange.uploads import upload_store
from implementor.foundation.errors import InvalidInput
from implementor.foundation.words import say, say_n, speech
from implementor.releases import permissions, queries, services
from implementor.releases.control_file import read_control
from implementor.releases.figures import ControlLine, typed_figure
from implementor.releases.forms import ControlForm
from implementor.releases.models import MigrationRun
from implementor.releases.views.drawing import groups_of
from implementor.releases.views.routing import blueprint, run_or_404
from implementor.web.guard import actor, allow, reads_first
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session, start_writing

LARGEST = 1024 * 1024
"""Bytes of a control file."""
EXAMPLE = """kind,system,figure,currency,expected
account,%(system)s,count,,1250
account,%(system)s,revenue,EUR,48200000"""


@blueprint.get("/<int:migration_id>/control")
@allow(permissions.EDIT)
def control_page(project_key: str, migration_id: int) -> Response:
    """Choose a control file."""
    run = run_or_404(migration_id)
    services.refuse_signed(run)
    return _draw(run, ControlForm())


@blueprint.post("/<int:migration_id>/control")
@allow(permissions.EDIT)
@reads_first
def read_control_file(project_key: str, migration_id: int) -> ResponseReturnValue:
    """Take over what it expects, all of it or nothing."""
    run, form = run_or_404(migration_id), ControlForm()
    try:
        lines = _lines()
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw(run, form, 422)
    start_writing()
    run = run_or_404(migration_id, to_change=True)
    added = services.expect_all(session(), run, lines, by=actor(), at=now())
    tell_done(
        say_n(
            "%(count)s figure is taken over, %(added)s of them new.",
            "%(count)s figures are taken over, %(added)s of them new.",
            len(lines),
            added=added,
        )
    )
    return redirect(url_for("releases.show", migration_id=migration_id), 303)


@blueprint.get("/<int:migration_id>/export")
@allow(permissions.VIEW)
def export(project_key: str, migration_id: int) -> Response:
    """Every figure of the run; the same file can be read again as a control file."""
    run = run_or_404(migration_id)
    signed = session().scalars(queries.standing_signature(run_id=run.id)).one_or_none()
    header = [
        *("kind", "system", "figure", "currency", "expected", "found", "difference", "state", "explanation", "now"),
    ]
    rows = list(_rows(run, signed.figures if signed is not None else ()))
    about = [str(say("Migration run %(name)s", name=run.name)), run.system]
    return table_file(f"migration-{run.id}", "csv", about=about, header=header, rows=rows)


def _rows(run: MigrationRun, frozen: Sequence[Any]) -> Iterator[Sequence[Any]]:
    language = speech().language
    for group in groups_of(run, frozen):
        for line in group.lines:
            one, currency = line.compared, line.figure.currency
            found = one.found if one.signed is None else one.signed
            numbers = [
                typed_figure(line.measure, currency, value, language) for value in (one.expected, found, one.difference)
            ]
            now_there = typed_figure(line.measure, currency, one.found, language)
            kind = group.entity.label_plural if group.entity is not None else group.kind
            figure = line.measure.label if line.measure is not None else line.figure.measure
            words = [str(kind), group.system, str(figure), currency]
            yield [*words, *numbers, str(line.state[0]), one.explanation, now_there]


def _lines() -> list[ControlLine]:
    """What the file that was sent expects. Raises InvalidInput."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise InvalidInput({"file": say("Choose a file.")})
    store = upload_store(current_app._get_current_object())  # type: ignore[attr-defined]  # the application itself
    stored = store.put(upload.filename, upload.stream, largest=LARGEST)
    key = stored.key or ""
    try:
        return read_control(open_source(store.path(key), filename=stored.name))
    except UnreadableFile as refusal:
        raise InvalidInput({"file": say("%(reason)s", reason=str(refusal))}) from refusal
    finally:
        store.remove(key)


def _draw(run: MigrationRun, form: ControlForm, status: int = 200) -> Response:
    example = EXAMPLE % {"system": run.system}
    return draw("releases/control.html", status, run=run, form=form, example=example)
