"""The backlog: the list of a project's stories, adding several at once, and their order."""

from __future__ import annotations

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.exchange.permissions import IMPORT
from implementor.foundation.errors import InvalidInput
from implementor.foundation.words import say, say_n
from implementor.lists.page import list_page
from implementor.lists.record_page import present_scope
from implementor.lists.sheets import sheet_of
from implementor.stories import definitions, permissions, queries, services
from implementor.stories.forms import QuickAddForm, RulesForm
from implementor.stories.views.routing import blueprint
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/backlog")
@allow(permissions.VIEW)
def index(project_key: str) -> ResponseReturnValue:
    """The backlog as the address arranges it."""
    return _draw_backlog()


@blueprint.post("/backlog")
@allow(permissions.EDIT)
def create_many(project_key: str) -> ResponseReturnValue:
    """Add one story per line."""
    form = QuickAddForm()
    try:
        made = services.add_stories(
            session(), present_scope(), (form.titles.data or "").splitlines(), by=actor(), at=now()
        )
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_backlog(form, 422)
    tell_done(
        say_n("%(count)s story is added to the backlog.", "%(count)s stories are added to the backlog.", len(made))
    )
    return redirect(url_for("stories.index", sort="-number" if len(made) > 1 else None), 303)


@blueprint.get("/milestones")
@allow(permissions.VIEW)
def milestones(project_key: str) -> ResponseReturnValue:
    """What the project waits for: its own deliverables and those promised by others."""
    page = list_page(session(), sheet_of("milestone"), present_scope(), request.args.to_dict(flat=False))
    return draw("stories/milestones.html", page=page)


@blueprint.get("/story-rules")
@allow(permissions.VIEW)
def rules(project_key: str) -> ResponseReturnValue:
    """The definitions of ready and done."""
    stated = session().scalars(queries.rules_of_project(project_id=g.project.id)).one_or_none()
    ready = stated.ready if stated else definitions.USUAL_READY
    done = stated.done if stated else definitions.USUAL_DONE
    return draw("stories/rules.html", form=RulesForm(data={"ready": list(ready), "done": list(done)}))


@blueprint.post("/story-rules")
@allow(permissions.SET_RULES)
def update_rules(project_key: str) -> ResponseReturnValue:
    """State the definitions of ready and done."""
    form = RulesForm()
    if not form.validate():
        return draw("stories/rules.html", 422, form=form)
    services.set_rules(
        session(), project_id=g.project.id, ready=form.ready.data or [], done=form.done.data or [], by=actor(), at=now()
    )
    tell_done(say("The definitions of ready and done are saved."))
    return redirect(url_for("stories.rules"), 303)


def _draw_backlog(refused: QuickAddForm | None = None, status: int = 200) -> Response:
    page = list_page(session(), sheet_of("story"), present_scope(), request.args.to_dict(flat=False))
    return draw("stories/index.html", status, page=page, refused=refused, may_import=actor().may(IMPORT))
