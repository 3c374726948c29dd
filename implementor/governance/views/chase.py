"""The chase list of a project: filtered by kind and person, reminded with one press, taken away as a file."""

from __future__ import annotations

from typing import Any

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.exchange.table_files import table_file
from implementor.foundation.errors import Refusal
from implementor.foundation.permissions import ROLE_LABELS
from implementor.foundation.text import whole_number
from implementor.foundation.words import say, say_n
from implementor.governance import permissions
from implementor.governance.chase_list import ChaseList, Matter, chase_list
from implementor.governance.chase_news import remind
from implementor.governance.views.routing import blueprint
from implementor.web.guard import actor, allow
from implementor.web.language import show_date, show_moment
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/chase")
@allow(permissions.CHASE_VIEW)
def chase() -> Response:
    """What waits for whom."""
    found = _found()
    return draw(
        "governance/chase.html", found=found, kind=request.args.get("kind", ""), person=_person(), page_of=page_of,
        role_labels=ROLE_LABELS, may_remind=actor().may(permissions.CHASE_REMIND),
    )  # fmt: skip


@blueprint.post("/chase/remind")
@allow(permissions.CHASE_REMIND)
def remind_one() -> ResponseReturnValue:
    """Remind whose one matter is."""
    kind, matter_id = request.form.get("chased", ""), whole_number(request.form.get("matter", "")) or 0
    found = chase_list(session(), project_id=g.project.id, by=actor(), at=now(), kind=kind or "-", matter_id=matter_id)
    if not found.matters:
        raise Refusal(say("This is done meanwhile; nobody waits for it any more."))
    _remind(found.matters[0])
    tell_done(say("%(who)s is reminded of: %(what)s.", who=found.matters[0].who, what=found.matters[0].row.title))
    return _back()


@blueprint.post("/chase/remind-all")
@allow(permissions.CHASE_REMIND)
def remind_all() -> ResponseReturnValue:
    """Remind everybody of what the list shows, but nobody twice within a day."""
    matters = [one for one in _found().matters if one.may_remind]
    if not matters:
        raise Refusal(say("Everybody in this list was reminded already, or nobody is there to remind."))
    for one in matters:
        _remind(one)
    tell_done(say_n("%(count)s reminder is sent.", "%(count)s reminders are sent.", len(matters)))
    return _back()


@blueprint.get("/chase/export.<format>")
@allow(permissions.CHASE_VIEW)
def export_chase(format: str) -> ResponseReturnValue:
    """The list as a file."""
    about = [str(say("Chase list")), f"{g.project.key} {g.project.name}", show_moment(now()), actor().name]
    header = [str(one) for one in (say("Kind"), say("What"), say("Whose"), say("Since"), say("Days"), say("Reminded"))]
    rows = [
        [str(one.declared.label), one.row.title, one.who, show_date(one.since) if one.since else None, one.days,
         show_moment(one.reminded.at) if one.reminded else None]
        for one in _found().matters
    ]  # fmt: skip
    return table_file(f"chase-{g.project.key}-{now():%Y-%m-%d}", format, about=about, header=header, rows=rows)


def page_of(matter: Matter) -> str:
    """The address of the page on which a matter is done."""
    argument = matter.declared.argument
    return url_for(matter.declared.endpoint, **({argument: matter.row.link} if argument else {}))


def _found() -> ChaseList:
    kind = request.values.get("kind", "")
    return chase_list(session(), project_id=g.project.id, by=actor(), at=now(), kind=kind, person_id=_person())


def _person() -> int | None:
    return whole_number(request.values.get("person", ""))


def _remind(matter: Matter) -> None:
    remind(session(), matter, project_key=g.project.key, page=page_of(matter), by=actor(), at=now())


def _back() -> ResponseReturnValue:
    asked: dict[str, Any] = {name: request.form[name] for name in ("kind", "person") if request.form.get(name)}
    return redirect(url_for("governance.chase", **asked), 303)
