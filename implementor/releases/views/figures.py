"""One figure of a migration run: named, explained, left out."""

from __future__ import annotations

from flask import Response, redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import BadValue, InvalidInput, NotFound
from implementor.foundation.words import say, speech
from implementor.releases import permissions, services
from implementor.releases.figures import Measure, currency_of, measure_named, read_figure, typed_figure
from implementor.releases.forms import BETWEEN, ExplainForm, FigureForm, figure_form
from implementor.releases.models import MigrationFigure, MigrationRun
from implementor.releases.views.drawing import groups_of
from implementor.releases.views.routing import blueprint, figure_or_404, run_or_404
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/<int:migration_id>/figures/new")
@allow(permissions.EDIT)
def new_figure(project_key: str, migration_id: int) -> Response:
    """Name a further figure."""
    run = run_or_404(migration_id)
    services.refuse_signed(run)
    return _draw_new(run, figure_form())


@blueprint.post("/<int:migration_id>/figures/new")
@allow(permissions.EDIT)
def add_figure(project_key: str, migration_id: int) -> ResponseReturnValue:
    """Take it up."""
    run, form = run_or_404(migration_id, to_change=True), figure_form()
    if not form.validate():
        return _draw_new(run, form, 422)
    kind, _between, name = str(form.figure.data).partition(BETWEEN)
    measure = measure_named(kind, name)
    if measure is None:
        raise NotFound(kind)
    try:
        currency = _currency(measure, form.currency.data)
        expected = _expected(measure, currency, form.expected.data)
        services.expect(
            session(), run, measure, system=form.system.data or "", currency=currency, expected=expected
        )  # fmt: skip
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_new(run, form, 422)
    tell_done(say("%(figure)s is among the figures.", figure=measure.label))
    return redirect(url_for("releases.show", migration_id=migration_id), 303)


@blueprint.get("/<int:migration_id>/figures/<int:figure_id>")
@allow(permissions.EDIT)
def edit_figure(project_key: str, migration_id: int, figure_id: int) -> Response:
    """Put one right, or explain its difference."""
    run = run_or_404(migration_id)
    services.refuse_signed(run)
    figure = figure_or_404(run, figure_id)
    measure = measure_named(figure.kind, figure.measure)
    typed = typed_figure(measure, figure.currency, figure.expected, speech().language)
    return _draw_figure(run, figure, ExplainForm(data={"expected": typed, "explanation": figure.explanation}))


@blueprint.post("/<int:migration_id>/figures/<int:figure_id>")
@allow(permissions.EDIT)
def change_figure(project_key: str, migration_id: int, figure_id: int) -> ResponseReturnValue:
    """Keep what was said."""
    run, form = run_or_404(migration_id, to_change=True), ExplainForm()
    figure = figure_or_404(run, figure_id)
    measure = measure_named(figure.kind, figure.measure)
    try:
        expected = figure.expected if measure is None else _expected(measure, figure.currency, form.expected.data)
        services.change_figure(
            session(), run, figure, expected=expected, explanation=form.explanation.data or "", by=actor(), at=now()
        )
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_figure(run, figure, form, 422)
    tell_done(say("The figure is put right."))
    return redirect(url_for("releases.show", migration_id=migration_id), 303)


@blueprint.post("/<int:migration_id>/figures/<int:figure_id>/remove")
@allow(permissions.EDIT)
def remove_figure(project_key: str, migration_id: int, figure_id: int) -> ResponseReturnValue:
    """Leave it out."""
    run = run_or_404(migration_id, to_change=True)
    services.put_figure_away(session(), run, figure_or_404(run, figure_id), by=actor(), at=now())
    tell_done(say("The figure is left out."))
    return redirect(url_for("releases.show", migration_id=migration_id), 303)


def _expected(measure: Measure, currency: str, text: str | None) -> int | None:
    try:
        return read_figure(measure, currency, text or "", speech().language)
    except BadValue as bad:
        raise InvalidInput({"expected": bad.reason}) from bad


def _currency(measure: Measure, text: str | None) -> str:
    try:
        return currency_of(measure, text or "")
    except BadValue as bad:
        raise InvalidInput({"currency": bad.reason}) from bad


def _draw_new(run: MigrationRun, form: FigureForm, status: int = 200) -> Response:
    return draw("releases/new_figure.html", status, run=run, form=form)


def _draw_figure(run: MigrationRun, figure: MigrationFigure, form: ExplainForm, status: int = 200) -> Response:
    found = ((group, line) for group in groups_of(run, ()) for line in group.lines if line.figure.id == figure.id)
    group, line = next(found)
    return draw("releases/figure.html", status, run=run, group=group, line=line, form=form)
