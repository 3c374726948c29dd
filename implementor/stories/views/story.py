"""One story: its page and its status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.comments.panel import talk_asking
from implementor.foundation.asking import Asking, answered, gathered
from implementor.foundation.errors import NotFound
from implementor.foundation.panels import Place, panels_asking
from implementor.foundation.records import RecordRef
from implementor.foundation.words import say
from implementor.history.timeline import timeline_of
from implementor.lists.record_page import RecordPage, present_scope, record_and_page
from implementor.lists.sheets import sheet_of
from implementor.metrics.figures import MetricFigure, figures_of
from implementor.metrics.reaching import is_reached
from implementor.metrics.wording import short_value
from implementor.stages.permissions import WAIVE
from implementor.stories import permissions, queries, services, value_queries
from implementor.stories.catalogue import ORIGIN, WORTH
from implementor.stories.links import story_name
from implementor.stories.models import Story
from implementor.stories.parts import links_in_order, parts_asking, runs_by_test
from implementor.stories.scoring import score_parts
from implementor.stories.statuses import OVER, RELEASED, status_choice, statuses_after
from implementor.stories.views.routing import blueprint, story_or_404, story_to_change
from implementor.web.guard import actor, allow
from implementor.web.messages import done_quietly, tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/stories/<int:number>")
@allow(permissions.VIEW)
def show(project_key: str, number: int) -> ResponseReturnValue:
    """Everything about one story."""
    found, scope = queries.id_by_number(), present_scope()
    page, story = record_and_page(session(), sheet_of("story"), scope, found, project_id=g.project.id, number=number)
    return draw("stories/show.html", **page_context(page, story))


@blueprint.get("/stories/new")
@allow(permissions.EDIT)
def new(project_key: str) -> ResponseReturnValue:
    """Write a story."""
    return redirect(url_for("lists.new", kind="story"), 303)


@blueprint.get("/story-of-part/<int:story_id>")
@allow(permissions.VIEW)
def of_part(project_key: str, story_id: int) -> ResponseReturnValue:
    """The page of the story that a part belongs to."""
    story = session().scalars(queries.story_of_project(present_scope(), story_id)).one_or_none()
    if story is None:
        raise NotFound("story")
    return redirect(url_for("stories.show", number=story.number), 303)


def page_context(page: RecordPage, story: Story) -> dict[str, Any]:
    """What the story's page shows, read in a fixed number of statements."""
    place = Place(actor(), now(), g.project, story)
    pieces: list[Asking[Any]] = [parts_asking(project_id=story.project_id, story_id=story.id)]
    pieces += [talk_asking(RecordRef("story", story.id), actor()), panels_asking(session(), "story.page", place)]
    parts, talk, panels = answered(session(), gathered(pieces))
    return {
        "page": page,
        "story": story,
        "name": story_name(story.number),
        "parts": parts,
        "runs": runs_by_test(parts),
        "standing": status_choice(story.status),
        "move_items": _move_items(story),
        "score_group": WORTH,
        "origin_group": ORIGIN,
        "score": score_parts(story.value, story.urgency, story.risk_reduction, story.points),
        "dependencies": links_in_order(parts),
        "obstacles": parts["obstacle"],
        "may_edit": actor().may(permissions.EDIT) and not page.is_archived,
        "may_split": story.status not in OVER,
        "may_review": actor().may(permissions.REVIEW) and not page.is_archived,
        "talk": talk,
        "panels": panels,
        **measured_context(story, parts["criterion"]),
    }


def measured_context(story: Story, criteria: Sequence[Any]) -> dict[str, Any]:
    """What metrics say of the story's criteria; nothing is read where none is bound to one."""
    ids = {part.of_id for part in criteria if part.of_id is not None}
    if not ids:
        met = {part.id for part in criteria if part.at}
        return {"figures": {}, "met": met, "waivers": {}, "verdict": None, "may_waive": False, "judged_on": ""}
    found = session().scalars(value_queries.metrics_of_criteria(project_id=story.project_id, ids=ids)).all()
    figures = figures_of(session(), found)
    bound = [part.id for part in criteria if part.of_id is not None]
    waivers = session().execute(value_queries.waivers_of_criteria(ids=bound)).all()
    verdict = session().execute(value_queries.last_verdict(story_id=story.id)).first()
    return {
        "figures": figures,
        "met": {part.id for part in criteria if part.at or (part.of_id and is_reached(figures[part.of_id].metric))},
        "waivers": {row.TargetWaiver.criterion_id: row for row in waivers},
        "verdict": verdict,
        "judged_on": _judged_on(verdict, figures),
        "may_waive": actor().may(WAIVE) and story.status in RELEASED and not story.is_archived,
    }


def _judged_on(verdict: Any, figures: Mapping[int, MetricFigure]) -> str:
    """The figures that decided, in words; a metric that the story no longer has is left out."""
    if verdict is None:
        return ""
    known = [(figures[one["metric"]].metric, one["value"]) for one in verdict.StoryVerdict.figures
             if one["metric"] in figures]  # fmt: skip
    return "; ".join(
        f"{metric.name}: {short_value(metric, Decimal(value) if value else None)}" for metric, value in known
    )


@blueprint.get("/stories/<int:number>/history")
@allow(permissions.VIEW)
def history(project_key: str, number: int) -> ResponseReturnValue:
    """What happened to a story; its page asks for it when somebody scrolls there."""
    story = story_or_404(number)
    timeline = timeline_of(session(), "story", story.id, present_scope(), at=now(), after=request.args.get("after"))
    older = timeline.next and url_for("stories.history", number=number, after=timeline.next)
    return draw(
        "stories/history.html", story=story, name=story_name(number), timeline=timeline, timeline_next_url=older
    )


@blueprint.post("/stories/<int:number>/status")
@allow(permissions.EDIT)
def move(project_key: str, number: int) -> ResponseReturnValue:
    """Give the story another status."""
    story = story_to_change(number)
    services.move_story(session(), story, status=request.form.get("status", ""), by=actor(), at=now())
    sentence = say("%(title)s is now: %(status)s.", title=story.title, status=status_choice(story.status).label)
    if request.form.get("quiet") == "1":
        return done_quietly(sentence)
    tell_done(sentence)
    return redirect(url_for("stories.show", number=number), 303)


def _move_items(story: Story) -> list[dict[str, Any]]:
    """The statuses that may follow, as entries of the Move menu."""
    url = url_for("stories.move", number=story.number)
    return [
        {"label": status_choice(key).label, "url": url, "post": True, "fields": {"status": key}}
        for key in statuses_after(story.status)
    ]
