"""Adding the parts of a story's page and settling them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.words import say
from implementor.lists.record_page import present_scope
from implementor.stories import part_services as services
from implementor.stories import permissions
from implementor.stories.forms import part_form
from implementor.stories.links import story_name
from implementor.stories.models import Story
from implementor.stories.part_catalogue import PARTS
from implementor.stories.views.routing import blueprint, story_to_change
from implementor.web.forms import CatalogueForm
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/stories/<int:number>/parts/<kind>/new")
@allow(permissions.EDIT)
def new_part(project_key: str, number: int, kind: str) -> ResponseReturnValue:
    """The form that adds a part, fetched when somebody wants to add one."""
    if kind not in PARTS:
        abort(404)
    return _draw_form(story_to_change(number), kind, part_form(PARTS[kind], present_scope(), session()))


@blueprint.post("/stories/<int:number>/parts/<kind>")
@allow(permissions.EDIT)
def add_part(project_key: str, number: int, kind: str) -> ResponseReturnValue:
    """Add a part to the story's page."""
    if kind not in PARTS:
        abort(404)
    story = story_to_change(number)
    form = part_form(PARTS[kind], present_scope(), session())
    valid = form.validate()
    if valid:
        try:
            services.add_part(session(), story, PARTS[kind], form.values(), by=actor(), at=now())
            tell_done(say("%(part)s is added.", part=PARTS[kind].label))
            return _back(number, kind)
        except InvalidInput as refusal:
            form.refuse(refusal)
    return _draw_form(story, kind, form, 422)


def _draw_form(story: Story, kind: str, form: CatalogueForm, status: int = 200) -> Response:
    return draw(
        "stories/new_part.html",
        status,
        fragment="stories/_part_form.html",
        story=story,
        kind=kind,
        form=form,
        part=PARTS[kind],
        name=story_name(story.number),
    )


@blueprint.post("/stories/<int:number>/parts/<kind>/<int:part_id>")
@allow(permissions.VIEW)
def settle_part(project_key: str, number: int, kind: str, part_id: int) -> ResponseReturnValue:
    """Settle a part (met, done, run, signed, answered, decided), take that back, or put the part away."""
    story = story_to_change(number)
    deed = request.form.get("deed", "")
    needed = permissions.REVIEW if (kind, deed) in OF_REVIEWERS else permissions.EDIT
    if not actor().may(needed):
        abort(403)
    part = _part_of(story, kind, part_id)
    if (kind, deed) not in DEEDS and deed != "archive":
        abort(400)
    if deed == "archive":
        services.archive_part(session(), story, part, PARTS[kind], by=actor(), at=now())
    else:
        DEEDS[kind, deed](part)
    tell_done(say("%(story)s: %(part)s is saved.", story=story.title, part=PARTS[kind].label))
    return _back(number, kind)


def _part_of(story: Story, kind: str, part_id: int) -> Any:
    if kind not in PARTS:
        raise NotFound(kind)
    model: Any = PARTS[kind].model
    found = (
        session()
        .scalars(select(model).where(model.id == part_id, model.story_id == story.id, model.project_id == g.project.id))
        .one_or_none()
    )
    if found is None:
        raise NotFound(kind)
    return found


def _settle(settled: bool) -> Callable[[Any], None]:
    return lambda part: services.settle(part, settled=settled, by=actor(), at=now())


def _run(part: Any) -> None:
    services.run_test(
        session(),
        part,
        result=request.form.get("result", ""),
        note=request.form.get("note", "")[:5000],
        defect=request.form.get("defect") == "1",
        by=actor(),
        at=now(),
    )


def _sign(part: Any) -> None:
    services.sign_test(session(), part, by=actor(), at=now())


def _answer(part: Any) -> None:
    services.answer_matter(part, answer=request.form.get("answer", "")[:5000], by=actor(), at=now())


def _decide(part: Any) -> None:
    services.decide_review(
        part,
        verdict=request.form.get("verdict", ""),
        comment=request.form.get("comment", "")[:5000],
        by=actor(),
        at=now(),
    )


DEEDS: dict[tuple[str, str], Callable[[Any], None]] = {
    ("criterion", "settle"): _settle(True),
    ("criterion", "reopen"): _settle(False),
    ("task", "settle"): _settle(True),
    ("task", "reopen"): _settle(False),
    ("user_test", "run"): _run,
    ("user_test", "sign"): _sign,
    ("open_matter", "answer"): _answer,
    ("area_review", "decide"): _decide,
}
OF_REVIEWERS = (("user_test", "run"), ("user_test", "sign"), ("area_review", "decide"))


def _back(number: int, kind: str) -> ResponseReturnValue:
    return redirect(url_for("stories.show", number=number, _anchor=f"{kind}_part"), 303)
