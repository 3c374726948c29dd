"""What a reader sees of a retrospective, and the poll that asks whether it changed."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any

from flask import Response, current_app, g, request, url_for
from sqlalchemy.orm import Session

from implementor.foundation.errors import NotFound
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor
from implementor.history.timeline import timeline_of
from implementor.lists.record_page import present_scope
from implementor.lists.sheets import sheet_of
from implementor.metrics.queries import metrics_offered
from implementor.projects.queries import people_of_project
from implementor.retrospectives import permissions
from implementor.retrospectives.board import laid_out
from implementor.retrospectives.catalogue import PHASE_OF, PHASES
from implementor.retrospectives.effects import Outcome, outcomes_of
from implementor.retrospectives.formats import columns_of
from implementor.retrospectives.forms import ActionForm
from implementor.retrospectives.models import ACT, CLOSED, GROUP, REVEAL, VOTE, Retrospective, RetroTable
from implementor.retrospectives.queries import retrospectives as queries
from implementor.retrospectives.services.notes import HERE, WRITING, be_here
from implementor.retrospectives.services.retrospectives import may_lead
from implementor.retrospectives.views.routing import blueprint, my_hand, my_seat, retrospective_or_404, table_of
from implementor.web.guard import actor, allow
from implementor.web.render import draw
from implementor.web.unit_of_work import enter_in_ledger, now, session, today

SEATS = "implementor_retrospective_seats"
MOST_SEATS = 10_000


@blueprint.get("/retrospectives/<int:retrospective_id>/table")
@allow(permissions.VIEW)
def poll(project_key: str, retrospective_id: int) -> Response:
    """The table, or 204 to a poll when nothing has changed: one statement beside those of who asks."""
    asked = queries.revision_of(project_id=g.project.id, retrospective_id=retrospective_id)
    row = session().execute(asked).one_or_none()
    if row is None:
        raise NotFound("retrospective")
    if row.salt is not None and actor().may(permissions.TAKE_PART):
        _take_seat(retrospective_id, row.salt)
    if request.args.get("poll") == str(row.revision):
        return Response(status=204)
    return draw("retrospectives/show.html", **table_context(retrospective_or_404(retrospective_id)))


def table_context(found: Retrospective, form: ActionForm | None = None) -> dict[str, Any]:
    """Everything the page shows, in a number of statements that notes do not change."""
    table, by, archived = table_of(found), actor(), found.is_archived
    hand = my_hand(table)
    given = Counter(
        one.note_id for one in session().scalars(queries.votes_of_hand(retrospective_id=found.id, hand=hand))
    )
    rows = session().execute(queries.notes_on(retrospective_id=found.id)).all()
    takes_part = by.may(permissions.TAKE_PART) and not archived
    names = columns_of(found.format, found.own_columns)
    columns = laid_out(
        names, rows, hand=hand or None, revealed=found.is_revealed, given=given,
        counting=found.phase in (ACT, CLOSED),
    )  # fmt: skip
    return {
        "found": found, "table": table, "columns": columns, "names": names, "phase": PHASE_OF[found.phase],
        "steps": _steps(found), "now": now(), "votes_left": max(found.votes_each - given.total(), 0),
        "may_take_part": takes_part,
        "may_write": takes_part and found.phase in WRITING and table.locked_at is None,
        "may_group": takes_part and found.phase in (REVEAL, GROUP),
        "may_vote": takes_part and found.phase == VOTE,
        "may_agree": takes_part and found.is_revealed and not found.is_closed,
        "may_lead": may_lead(found, by) and not archived,
        "may_learn": by.may(permissions.LESSON_EDIT) and found.is_revealed,
        "present": _present(found),
        "outcomes": outcomes_of(session(), project_id=found.project_id, retrospective_id=found.id, on=today()),
        "last": _last(found),
        "form": form or action_form(found),
        "poll_url": url_for("retrospectives.poll", retrospective_id=found.id, poll=table.revision),
        "sheet": sheet_of("retrospective"),
        "timeline": timeline_of(session(), "retrospective", found.id, present_scope(), at=now()),
        "timeline_next_url": None,
    }  # fmt: skip


def action_form(found: Retrospective) -> ActionForm:
    """The form for an action, with the people and the metrics of the project."""
    people = session().execute(people_of_project(project_id=found.project_id)).all()
    metrics = session().execute(metrics_offered(Scope(found.project_id, actor()))).all()
    return ActionForm().offer(people, metrics)


def _steps(found: Retrospective) -> list[dict[str, Any]]:
    keys = [one.key for one in PHASES]
    at = keys.index(found.phase)
    return [{"key": one.key, "name": one.label, "is_current": place == at, "is_past": place < at}
            for place, one in enumerate(PHASES)]  # fmt: skip


def _present(found: Retrospective) -> list[str | None]:
    if found.is_closed:
        return []
    return list(session().scalars(queries.seats_at(retrospective_id=found.id, since=now() - HERE)))


def _last(found: Retrospective) -> list[Outcome]:
    """What became of what the team agreed on the last time."""
    if found.is_closed:
        return []
    before = session().scalar(queries.closed_before(project_id=found.project_id, retrospective_id=found.id))
    if before is None:
        return []
    return outcomes_of(session(), project_id=found.project_id, retrospective_id=before, on=today())


def _take_seat(retrospective_id: int, salt: str) -> None:
    """Say once a minute that somebody is here, after the answer's own transaction."""
    book: dict[str, Any] = current_app.extensions.setdefault(SEATS, {})
    seat, minute = my_seat(salt), now().replace(second=0, microsecond=0)
    if book.get(seat) == minute:
        return
    if len(book) >= MOST_SEATS:
        book.clear()
    book[seat] = minute
    enter_in_ledger(partial(_sit, project_id=g.project.id, retrospective_id=retrospective_id, seat=seat, by=actor(),
                            minute=minute))  # fmt: skip


def _sit(of: Session, *, project_id: int, retrospective_id: int, seat: str, by: Actor, minute: Any) -> None:
    statement = queries.retrospective_of(project_id=project_id, retrospective_id=retrospective_id)
    found = of.scalars(statement).one_or_none()
    table = of.scalars(queries.table_of(project_id=project_id, retrospective_id=retrospective_id)).one_or_none()
    if found is not None and isinstance(table, RetroTable) and table.salt is not None:
        be_here(of, found, seat=seat, by=by, at=minute)
