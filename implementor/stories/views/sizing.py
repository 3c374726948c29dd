"""What each size meant so far: finished stories to compare with, chosen by the team or by how long they took."""

from __future__ import annotations

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.stories import permissions, queries
from implementor.stories.links import story_name
from implementor.stories.sizes import sizes_of
from implementor.stories.sizing import choose_reference, drop_reference
from implementor.stories.views.routing import blueprint, story_or_404, story_to_change
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

LATEST = 500
"""Finished stories that are looked at; older ones were estimated by another team."""


@blueprint.get("/sizes")
@allow(permissions.VIEW)
def sizes(project_key: str) -> ResponseReturnValue:
    """Every size with stories to compare with; with `story` as a part of its page, its own size marked."""
    asked = whole_number(request.args.get("story", ""))
    story = story_or_404(asked) if asked is not None else None
    found = sizes_of(session().execute(queries.finished_sizes(project_id=g.project.id, limit=LATEST)))
    return draw(
        "stories/sizes.html", sizes=found, story=story, story_name=story_name, may_edit=actor().may(permissions.EDIT)
    )


@blueprint.post("/stories/<int:number>/reference")
@allow(permissions.EDIT)
def refer(project_key: str, number: int) -> ResponseReturnValue:
    """Compare others with this story, or no longer (`deed` is drop)."""
    story = story_to_change(number)
    if request.form.get("deed") == "drop":
        drop_reference(session(), story, by=actor(), at=now())
        tell_done(say("%(title)s is no longer compared with.", title=story.title))
    else:
        choose_reference(session(), story, by=actor(), at=now())
        tell_done(say("Others of its size are compared with %(title)s.", title=story.title))
    return redirect(url_for("stories.sizes"), 303)
