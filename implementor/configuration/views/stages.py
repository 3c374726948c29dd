"""Stages of a pipeline, and where its open sales go when one of them is retired."""

from __future__ import annotations

from flask import Response, redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.configuration import queries
from implementor.configuration.forms import GoingForm, StageForm
from implementor.configuration.models import PipelineStage, StoredPipeline
from implementor.configuration.permissions import CONFIGURE
from implementor.configuration.services import stages
from implementor.configuration.stage_users import fields_on_offer, open_counts
from implementor.configuration.views.blueprint import blueprint
from implementor.configuration.views.found import among, one_or_404, plainly, step
from implementor.foundation.errors import InvalidInput
from implementor.foundation.text import whole_number
from implementor.foundation.words import Phrase, say, say_n
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/settings/pipelines/<int:pipeline_id>/stages/new")
@allow(CONFIGURE)
def new_stage(pipeline_id: int) -> Response:
    """The form of a stage that is not there yet."""
    return _form_page(_pipeline(pipeline_id), None, StageForm(formdata=None))


@blueprint.post("/settings/pipelines/<int:pipeline_id>/stages")
@allow(CONFIGURE)
def add_stage(pipeline_id: int) -> ResponseReturnValue:
    """Add a stage."""
    pipeline, form = _pipeline(pipeline_id), _with_fields(StageForm())
    try:
        stage = stages.add_stage(session(), pipeline, form.wish(), by=actor(), at=now())
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _form_page(pipeline, None, form, 422)
    return _told(pipeline, say("The stage %(name)s is added.", name=stage.label))


@blueprint.get("/settings/pipelines/<int:pipeline_id>/stages/<int:stage_id>")
@allow(CONFIGURE)
def edit_stage(pipeline_id: int, stage_id: int) -> Response:
    """One stage and its form."""
    pipeline, stage = _stage(pipeline_id, stage_id)
    return _form_page(pipeline, stage, StageForm(formdata=None, obj=stage))


@blueprint.post("/settings/pipelines/<int:pipeline_id>/stages/<int:stage_id>")
@allow(CONFIGURE)
def change_stage(pipeline_id: int, stage_id: int) -> ResponseReturnValue:
    """Change a stage."""
    pipeline, stage = _stage(pipeline_id, stage_id)
    form = _with_fields(StageForm())
    if form.is_newer(stage):
        return _form_page(pipeline, stage, form, 422)
    try:
        stages.change_stage(session(), pipeline, stage, form.wish(), by=actor(), at=now())
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _form_page(pipeline, stage, form, 422)
    return _told(pipeline, say("The stage %(name)s is changed.", name=stage.label))


@blueprint.post("/settings/pipelines/<int:pipeline_id>/stages/<int:stage_id>/move")
@allow(CONFIGURE)
def move_stage(pipeline_id: int, stage_id: int) -> ResponseReturnValue:
    """Move a stage one place."""
    pipeline, stage = _stage(pipeline_id, stage_id)
    stages.move_stage(session(), pipeline, stage, step=step(), by=actor(), at=now())
    return _back(pipeline)


@blueprint.get("/settings/pipelines/<int:pipeline_id>/stages/<int:stage_id>/retire")
@allow(CONFIGURE)
def ask_where_to(pipeline_id: int, stage_id: int) -> Response:
    """What stands in a stage, and where it should go."""
    pipeline, stage = _stage(pipeline_id, stage_id)
    return _going_page(pipeline, stage, GoingForm(formdata=None))


@blueprint.post("/settings/pipelines/<int:pipeline_id>/stages/<int:stage_id>/retire")
@allow(CONFIGURE)
def retire_stage(pipeline_id: int, stage_id: int) -> ResponseReturnValue:
    """Take a stage out of use and move what stands in it."""
    pipeline, stage = _stage(pipeline_id, stage_id)
    form = GoingForm().offer([])
    wanted = whole_number(form.move_to.data)
    others = {one.id: one for one in stages.stages_of(session(), pipeline)}
    try:
        target = others.get(wanted) if wanted is not None else None
        moved = stages.retire_stage(session(), pipeline, stage, move_to=target, by=actor(), at=now())
    except stages.StageInUse as refusal:
        form.refuse(InvalidInput({"move_to": refusal.reason}))
        return _going_page(pipeline, stage, form, 409)
    if not moved:
        return _told(pipeline, say("The stage %(name)s is retired.", name=stage.label))
    sentence = say_n(
        "The stage %(name)s is retired and %(count)s open record moved.",
        "The stage %(name)s is retired and %(count)s open records moved.",
        moved,
        name=stage.label,
    )
    return _told(pipeline, sentence)


@blueprint.post("/settings/pipelines/<int:pipeline_id>/stages/<int:stage_id>/restore")
@allow(CONFIGURE)
def restore_stage(pipeline_id: int, stage_id: int) -> ResponseReturnValue:
    """Take a stage back into use."""
    pipeline, stage = _stage(pipeline_id, stage_id)
    try:
        stages.restore_stage(session(), pipeline, stage, by=actor(), at=now())
    except InvalidInput as invalid:
        raise plainly(invalid) from invalid
    return _told(pipeline, say("The stage %(name)s is in use again.", name=stage.label))


def _pipeline(pipeline_id: int) -> StoredPipeline:
    return one_or_404(queries.pipeline_by_id(pipeline_id))


def _stage(pipeline_id: int, stage_id: int) -> tuple[StoredPipeline, PipelineStage]:
    pipeline = _pipeline(pipeline_id)
    return pipeline, among(stages.stages_of(session(), pipeline), stage_id)


def _back(pipeline: StoredPipeline) -> ResponseReturnValue:
    return redirect(url_for("configuration.show_pipeline", pipeline_id=pipeline.id), 303)


def _told(pipeline: StoredPipeline, sentence: Phrase) -> ResponseReturnValue:
    tell_done(sentence)
    return _back(pipeline)


def _with_fields(form: StageForm) -> StageForm:
    return form.offer(fields_on_offer())


def _form_page(pipeline: StoredPipeline, stage: PipelineStage | None, form: StageForm, status: int = 200) -> Response:
    _with_fields(form)
    return draw("configuration/pipelines/stage.html", status, pipeline=pipeline, stage=stage, form=form)


def _going_page(pipeline: StoredPipeline, stage: PipelineStage, form: GoingForm, status: int = 200) -> Response:
    stay = [
        one
        for one in stages.stages_of(session(), pipeline)
        if one.id != stage.id and one.kind == "open" and not one.is_archived
    ]
    count = open_counts(session(), [stage.id]).get(stage.id, 0)
    form.offer(stay)
    return draw("configuration/pipelines/retire.html", status, pipeline=pipeline, stage=stage, count=count, form=form)
