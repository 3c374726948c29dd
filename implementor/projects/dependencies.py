"""What can happen to dependencies between projects: written down, changed, delivered; never in a loop."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say
from implementor.history.services import name_action
from implementor.projects.dependency_queries import edges_of_programme, programme_to_wait, projects_of_ids
from implementor.projects.models import Project, ProjectDependency
from implementor.projects.waiting import loop_with


class ProjectsWouldLoop(InvalidInput):
    """Projects would wait for each other."""


class NotDeliveredYet(Refusal):
    """The day of a delivery is still to come."""


class NotWaitedFor(Refusal):
    """It was put away, so nobody waits for it."""


def add_dependency(session: Session, values: Mapping[str, Any], *, by: Actor, at: datetime) -> ProjectDependency:
    """Write down what a project waits for; `values` by field name. Raises InvalidInput, for loops naming them."""
    supplier, receiver = _both(session, values["supplier_id"], values["receiver_id"])
    _refuse_loop(session, supplier, receiver, but=None)
    made = ProjectDependency(programme_id=receiver.programme_id)
    _give(made, values)
    session.add(made)
    _name("add", say("Wrote down that %(one)s waits for %(other)s", one=receiver.name, other=supplier.name), session)
    session.flush()
    return made


def change_dependency(
    session: Session, dependency: ProjectDependency, values: Mapping[str, Any], *, by: Actor, at: datetime
) -> None:
    """Give it other values, by field name. Raises InvalidInput, for loops naming them."""
    supplier, receiver = _both(
        session, values.get("supplier_id", dependency.supplier_id), values.get("receiver_id", dependency.receiver_id)
    )
    _refuse_loop(session, supplier, receiver, but=dependency.id)
    dependency.programme_id = receiver.programme_id
    _give(dependency, values)
    _name("change", say("Changed what projects wait for: %(what)s", what=dependency.what), session)
    session.flush()


def deliver(session: Session, dependency: ProjectDependency, *, on: date, by: Actor, at: datetime) -> None:
    """Say that it is there since a day, today at the latest."""
    if on > at.date():
        raise NotDeliveredYet(say("Choose a day that is over, or today."))
    if dependency.archived_at is not None:
        raise NotWaitedFor(say("%(what)s is archived. Restore it first.", what=dependency.what))
    dependency.delivered_on = on
    _name("deliver", say("%(what)s was delivered", what=dependency.what), session)
    session.flush()


def restore_dependency(
    session: Session, dependency: ProjectDependency, values: dict[str, Any], by: Actor, at: datetime
) -> None:
    """Set values of an earlier moment, unless projects would wait for each other by now."""
    _give(dependency, values)
    if dependency.archived_at is None:
        refuse_what_loops(session, dependency)


def refuse_what_loops(session: Session, dependency: ProjectDependency) -> None:
    """Refuse a dependency that came back where its projects would wait for each other by now."""
    try:
        supplier, receiver = _both(session, dependency.supplier_id, dependency.receiver_id)
        _refuse_loop(session, supplier, receiver, but=dependency.id)
    except InvalidInput as fault:
        raise Refusal(next(iter(fault.errors.values()))) from fault


def _both(session: Session, supplier_id: int, receiver_id: int) -> tuple[Project, Project]:
    found = {one.id: one for one in session.scalars(projects_of_ids([supplier_id, receiver_id]))}
    errors: dict[str, Phrase] = {}
    for name, one in (("supplier_id", supplier_id), ("receiver_id", receiver_id)):
        if one not in found:
            errors[name] = say("Choose a project from the list.")
    if not errors and supplier_id == receiver_id:
        errors["receiver_id"] = say("A project does not wait for itself.")
    elif not errors and found[supplier_id].programme_id != found[receiver_id].programme_id:
        errors["receiver_id"] = say("Both projects have to belong to one programme.")
    if errors:
        raise InvalidInput(errors)
    return found[supplier_id], found[receiver_id]


def _refuse_loop(session: Session, supplier: Project, receiver: Project, *, but: int | None) -> None:
    session.execute(programme_to_wait(receiver.programme_id))
    edges = [tuple(row) for row in session.execute(edges_of_programme(programme_id=receiver.programme_id, but=but))]
    loop = loop_with(edges, supplier.id, receiver.id)
    if not loop:
        return
    names = {one.id: one.name for one in session.scalars(projects_of_ids(loop))}
    told = " → ".join(names.get(one, "…") for one in [*loop, loop[0]])
    raise ProjectsWouldLoop(
        {"receiver_id": say("These projects would wait for each other: %(projects)s.", projects=told)}
    )


def _give(dependency: ProjectDependency, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(dependency, name, value)


def _name(verb: str, summary: Phrase, session: Session) -> None:
    name_action(session, summary, verb=f"dependency.{verb}", project_id=None)
