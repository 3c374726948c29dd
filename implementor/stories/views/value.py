"""Letting a value target of a story be, for a reason and a time, and taking that back."""

from __future__ import annotations

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import DateField, TextAreaField
from wtforms.validators import Optional

from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.words import say
from implementor.metrics.figures import figures_of
from implementor.metrics.models import Metric
from implementor.projects.models import Project
from implementor.stages.gate_finding import method_of_project
from implementor.stages.permissions import WAIVE
from implementor.stories import value_queries, value_services
from implementor.stories.links import story_name
from implementor.stories.models import Criterion, Story
from implementor.stories.views.routing import blueprint, story_to_change
from implementor.web.forms import Form
from implementor.web.forms import say as words
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

ROOT = "/stories/<int:number>/criteria/<int:criterion_id>/waiver"


class WaiverForm(Form):
    """Why, and until when, a target is let be."""

    reason = TextAreaField(words("Reason"))
    expires_on = DateField(words("Until"), validators=[Optional()])


@blueprint.get(ROOT)
@allow(WAIVE)
def waiver_page(project_key: str, number: int, criterion_id: int) -> ResponseReturnValue:
    """What the target is, where it stands, and the form that lets it be."""
    story = story_to_change(number)
    return _draw(story, _promise(story, criterion_id), WaiverForm())


@blueprint.post(ROOT)
@allow(WAIVE)
def waive(project_key: str, number: int, criterion_id: int) -> ResponseReturnValue:
    """Let the target be, or (`deed` is withdraw) no longer."""
    story, form = story_to_change(number), WaiverForm()
    criterion = _promise(story, criterion_id)
    if request.form.get("deed") == "withdraw":
        value_services.withdraw_target_waiver(session(), story, criterion, by=actor(), at=now())
        tell_done(say("%(title)s: the target counts again.", title=story.title))
        return _back(number)
    if not form.validate():
        return _draw(story, criterion, form, 422)
    project = session().get_one(Project, story.project_id)
    reason, until = form.reason.data or "", form.expires_on.data
    try:
        value_services.waive_target(
            session(), project, story, criterion, reason=reason, expires_on=until, by=actor(), at=now()
        )
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw(story, criterion, form, 422)
    tell_done(say("%(title)s: the target is waived, and the story counts as missed.", title=story.title))
    return _back(number)


def _promise(story: Story, criterion_id: int) -> Criterion:
    found = value_queries.criterion_of_story(story_id=story.id, criterion_id=criterion_id)
    criterion = session().scalars(found).one_or_none()
    if criterion is None or criterion.metric_id is None or criterion.phase != "value":
        raise NotFound("criterion")
    return criterion


def _draw(story: Story, criterion: Criterion, form: WaiverForm, status: int = 200) -> ResponseReturnValue:
    metric = session().get_one(Metric, criterion.metric_id)
    found = session().execute(value_queries.waivers_of_criteria(ids=[criterion.id])).first()
    return draw(
        "stories/waiver.html",
        status,
        story=story,
        name=story_name(story.number),
        criterion=criterion,
        figure=figures_of(session(), [metric])[metric.id],
        waived=found,
        longest=method_of_project(session(), session().get_one(Project, g.project.id)).longest_waiver,
        form=form,
    )


def _back(number: int) -> ResponseReturnValue:
    return redirect(url_for("stories.show", number=number, _anchor="criterion_part"), 303)
