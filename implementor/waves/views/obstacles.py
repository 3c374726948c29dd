"""Reporting what holds up stories of a wave."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import InvalidInput
from implementor.foundation.words import say
from implementor.governance.catalogue import OBSTACLE
from implementor.governance.permissions import OBSTACLE_RAISE
from implementor.lists.record_page import present_scope
from implementor.stories.links import story_name
from implementor.stories.statuses import OVER
from implementor.waves import queries
from implementor.waves.forms import REPORTED, report_form
from implementor.waves.models import Wave
from implementor.waves.obstacles import report_obstacle
from implementor.waves.views.routing import blueprint, frame_of, wave_or_404
from implementor.web.forms import CatalogueForm
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/<int:number>/obstacles/new")
@allow(OBSTACLE_RAISE)
def report_page(project_key: str, number: int) -> ResponseReturnValue:
    """What stands in the way, and of which stories; `story` of the address is chosen already."""
    wave = wave_or_404(number)
    asked = request.args.get("story", "")
    numbers = {int(asked)} if asked.isascii() and asked.isdigit() and len(asked) < 19 else set()
    return _draw(wave, _form(wave, numbers))


@blueprint.post("/<int:number>/obstacles/new")
@allow(OBSTACLE_RAISE)
def report(project_key: str, number: int) -> ResponseReturnValue:
    """Raise the obstacle and mark the stories."""
    wave = wave_or_404(number)
    form = _form(wave, set())
    if not form.validate():
        return _draw(wave, form, 422)
    chosen: Any = form._fields["stories"].data
    stories = session().scalars(queries.stories_by_ids(project_id=g.project.id, ids=set(chosen or ()))).all()
    values = {OBSTACLE.fields[name].attribute: value for name, value in form.values().items()}
    try:
        obstacle = report_obstacle(
            session(), project_id=g.project.id, values=values, stories=stories, by=actor(), at=now()
        )
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw(wave, form, 422)
    tell_done(say("The obstacle %(title)s is reported.", title=obstacle.title))
    return redirect(url_for("waves.show", number=number, _anchor="obstacles"), 303)


def _form(wave: Wave, numbers: set[int]) -> CatalogueForm:
    rows = [row for row in session().execute(queries.rows_of_wave(wave_id=wave.id)) if row.status not in OVER]
    choices = [(row.id, f"{story_name(row.number)} {row.title}") for row in rows]
    return report_form(choices, [row.id for row in rows if row.number in numbers], present_scope(), session())


def _draw(wave: Wave, form: CatalogueForm, status: int = 200) -> ResponseReturnValue:
    return draw("waves/report.html", status, form=form, names=REPORTED, **frame_of(wave))
