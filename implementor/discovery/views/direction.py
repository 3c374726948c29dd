"""Where the project is going on one page, and the map from objectives to stories."""

from __future__ import annotations

from flask import Response, g, redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.discovery import agreement_queries, permissions, queries, services
from implementor.discovery.benefit_map import bands
from implementor.discovery.given_goals import GIVEN_GOALS
from implementor.discovery.scoreboard import by_perspective, scoreboard
from implementor.discovery.views.map_picture import GAPS, map_picture
from implementor.discovery.views.routing import blueprint
from implementor.foundation.conventions import present_reading
from implementor.foundation.words import say
from implementor.metrics.standing import AMBER, OFF, ON_TARGET
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session, today


@blueprint.get("/direction")
@allow(permissions.VIEW)
def direction(project_key: str) -> Response:
    """Every objective in figures, by perspective."""
    board = scoreboard(session(), project_id=g.project.id, on=today())
    figures = {one.metric.id: one.standing.state for objective in board for one in objective.figures}
    states = list(figures.values())
    standing = session().scalars(agreement_queries.standing_agreement(project_id=g.project.id)).one_or_none()
    return draw(
        "discovery/direction.html",
        perspectives=by_perspective(board),
        board=board,
        counts={state: states.count(state) for state in (ON_TARGET, AMBER, OFF)},
        measured=len(states),
        unjudged=sum(not one.is_judged for one in board),
        agreement=standing,
        may_edit=actor().may(permissions.EDIT),
        may_adopt=actor().may(permissions.EDIT)
        and sum(one.objective.given_key is not None for one in board) < len(GIVEN_GOALS),
    )


@blueprint.post("/direction/goals")
@allow(permissions.EDIT)
def adopt_goals(project_key: str) -> ResponseReturnValue:
    """Take over the three goals of every CRM."""
    currency = present_reading().currency or "EUR"
    made = services.adopt_given_goals(session(), project_id=g.project.id, currency=currency, by=actor(), at=now())
    tell_done(
        say("The goals of every CRM are taken over. Give their metrics baseline, target and date.")
        if made
        else say("This project has the goals of every CRM already.")
    )
    return redirect(url_for("discovery.direction"), 303)


@blueprint.get("/direction/map")
@allow(permissions.VIEW)
def benefit_map(project_key: str) -> Response:
    """From objectives over benefits and metrics to stories, drawn and as a list."""
    project_id = g.project.id
    objectives = [row.Objective for row in session().execute(queries.objectives_of_project(project_id=project_id))]
    found = bands(
        objectives,
        session().execute(queries.benefits_of_project(project_id=project_id)),
        session().execute(queries.metrics_of_objectives(project_id=project_id)),
        session().execute(queries.stories_of_objectives(project_id=project_id)),
    )
    return draw(
        "discovery/map.html",
        bands=found,
        picture=map_picture(found) if found else None,
        gap_words=GAPS,
        gaps=sum(len(band.gaps) for band in found),
        stray=session().scalar(queries.stories_without_objective(project_id=project_id)),
        may_edit=actor().may(permissions.EDIT),
    )
