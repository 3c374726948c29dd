"""Pipelines: the ways of selling, in order."""

from __future__ import annotations

from flask import Response, redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.configuration import queries
from implementor.configuration.first_use import speeches
from implementor.configuration.forms import PipelineForm
from implementor.configuration.models import StoredPipeline
from implementor.configuration.permissions import CONFIGURE
from implementor.configuration.services import pipelines
from implementor.configuration.services.stages import stages_of
from implementor.configuration.stage_users import fields_on_offer, open_counts
from implementor.configuration.views.blueprint import blueprint
from implementor.configuration.views.found import changes_of, one_or_404, plainly, step
from implementor.foundation.errors import InvalidInput
from implementor.foundation.money import currency_codes
from implementor.foundation.pipelines import FORECASTS, STAGE_KINDS
from implementor.foundation.words import Phrase, say
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/settings/pipelines")
@allow(CONFIGURE)
def list_pipelines() -> Response:
    """Every pipeline, with a form for the next one."""
    return _index(PipelineForm(formdata=None))


@blueprint.post("/settings/pipelines")
@allow(CONFIGURE)
def add_pipeline() -> ResponseReturnValue:
    """Add a pipeline and open it, because stages come next."""
    form = _with_currencies(PipelineForm())
    try:
        pipeline = pipelines.add_pipeline(
            session(), labels=form.labels(), currency=form.currency.data or None, speeches=speeches(),
            by=actor(), at=now(),
        )  # fmt: skip
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _index(form, 422)
    return _told(pipeline, say("The pipeline %(name)s is added. Add its stages below.", name=pipeline.label))


@blueprint.get("/settings/pipelines/<int:pipeline_id>")
@allow(CONFIGURE)
def show_pipeline(pipeline_id: int) -> Response:
    """One pipeline with its stages and what was changed."""
    return _page(_found(pipeline_id))


@blueprint.post("/settings/pipelines/<int:pipeline_id>")
@allow(CONFIGURE)
def change_pipeline(pipeline_id: int) -> ResponseReturnValue:
    """Rename a pipeline or give it another currency."""
    pipeline = _found(pipeline_id)
    form = _with_currencies(PipelineForm())
    if form.is_newer(pipeline):
        return _page(pipeline, form, 422)
    try:
        currency = form.currency.data or None
        pipelines.change_pipeline(session(), pipeline, labels=form.labels(), currency=currency, by=actor(), at=now())
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _page(pipeline, form, 422)
    return _told(pipeline, say("The pipeline %(name)s is changed.", name=pipeline.label))


@blueprint.post("/settings/pipelines/<int:pipeline_id>/move")
@allow(CONFIGURE)
def move_pipeline(pipeline_id: int) -> ResponseReturnValue:
    """Move a pipeline one place."""
    pipelines.move_pipeline(session(), _found(pipeline_id), step=step(), by=actor(), at=now())
    return redirect(url_for("configuration.list_pipelines"), 303)


@blueprint.post("/settings/pipelines/<int:pipeline_id>/retire")
@allow(CONFIGURE)
def retire_pipeline(pipeline_id: int) -> ResponseReturnValue:
    """Offer a pipeline no more."""
    pipeline = _found(pipeline_id)
    pipelines.retire_pipeline(session(), pipeline, by=actor(), at=now())
    return _told(pipeline, say("The pipeline %(name)s is retired.", name=pipeline.label))


@blueprint.post("/settings/pipelines/<int:pipeline_id>/restore")
@allow(CONFIGURE)
def restore_pipeline(pipeline_id: int) -> ResponseReturnValue:
    """Offer a pipeline again."""
    pipeline = _found(pipeline_id)
    try:
        pipelines.restore_pipeline(session(), pipeline, by=actor(), at=now())
    except InvalidInput as invalid:
        raise plainly(invalid) from invalid
    return _told(pipeline, say("The pipeline %(name)s is in use again.", name=pipeline.label))


def _found(pipeline_id: int) -> StoredPipeline:
    return one_or_404(queries.pipeline_by_id(pipeline_id))


def _told(pipeline: StoredPipeline, sentence: Phrase) -> ResponseReturnValue:
    tell_done(sentence)
    return redirect(url_for("configuration.show_pipeline", pipeline_id=pipeline.id), 303)


def _with_currencies(form: PipelineForm) -> PipelineForm:
    return form.offer((code, code) for code in sorted(currency_codes()))


def _index(form: PipelineForm, status: int = 200) -> Response:
    rows = session().scalars(queries.pipelines()).all()
    return draw(
        "configuration/pipelines/index.html",
        status,
        pipelines=[one for one in rows if not one.is_archived],
        retired=[one for one in rows if one.is_archived],
        form=_with_currencies(form),
    )


def _page(pipeline: StoredPipeline, form: PipelineForm | None = None, status: int = 200) -> Response:
    stages = stages_of(session(), pipeline)
    ids = [one.id for one in stages]
    return draw(
        "configuration/pipelines/show.html",
        status,
        pipeline=pipeline,
        stages=[one for one in stages if not one.is_archived],
        retired=[one for one in stages if one.is_archived],
        counts=open_counts(session(), ids),
        kinds=STAGE_KINDS,
        forecasts=FORECASTS,
        fields=fields_on_offer(),
        form=_with_currencies(form or PipelineForm(formdata=None, obj=pipeline)),
        timeline=changes_of(pipeline=[pipeline.id], pipeline_stage=ids),
    )
