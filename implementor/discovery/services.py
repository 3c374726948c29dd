"""What can happen to objectives: stated, changed, judged by metrics, worth something, served by stories."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.discovery import queries
from implementor.discovery.catalogue import BENEFIT, objectives_offered
from implementor.discovery.given_goals import GIVEN_GOALS
from implementor.discovery.models import Benefit, Objective, ObjectiveMetric, StoryObjective
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor
from implementor.foundation.values import checked
from implementor.foundation.words import Phrase, say
from implementor.history.services import name_action
from implementor.metrics.models import Metric
from implementor.metrics.queries import metric_in_scope
from implementor.metrics.services import create_metric
from implementor.projects.queries import people_of_project
from implementor.stories.models import Story


class PutAway(Refusal):
    """What is archived is not changed."""


def create_objective(
    session: Session, *, project_id: int, values: Mapping[str, Any], by: Actor, at: datetime
) -> Objective:
    """State an objective. `values` are catalogue values."""
    refuse_stranger(session, project_id, values.get("owner_id"))
    objective = Objective(**values, project_id=project_id)
    session.add(objective)
    _name(
        session, objective, "objective.create", say("Stated the objective %(statement)s", statement=objective.statement)
    )
    session.flush()
    return objective


def change_objective(
    session: Session, objective: Objective, values: Mapping[str, Any], *, by: Actor, at: datetime
) -> None:
    """State an objective anew."""
    if values.get("owner_id") != objective.owner_id:
        refuse_stranger(session, objective.project_id, values.get("owner_id"))
    for name, value in values.items():
        setattr(objective, name, value)
    _name(
        session,
        objective,
        "objective.change",
        say("Changed the objective %(statement)s", statement=objective.statement),
    )
    session.flush()


def adopt_given_goals(session: Session, *, project_id: int, currency: str, by: Actor, at: datetime) -> list[Objective]:
    """Take over those of the three goals that the project lacks, each with its metric, in the reader's words."""
    rows = session.execute(queries.objectives_of_project(project_id=project_id, given_only=True))
    known = {row.Objective.given_key for row in rows}
    made = []
    for goal in GIVEN_GOALS:
        if goal.key in known:
            continue
        values = {"statement": str(goal.statement), "perspective": goal.perspective, "priority": "high"}
        objective = create_objective(session, project_id=project_id, values=values, by=by, at=at)
        objective.given_key = goal.key
        measured = {
            "name": str(goal.metric), "purpose": str(goal.purpose), "unit": goal.unit, "direction": goal.direction,
            "perspective": goal.perspective, "priority": "high",
            "currency": currency if goal.unit == "money" else None,
        }  # fmt: skip
        metric = create_metric(session, project_id=project_id, values=measured, by=by, at=at)
        judge_by(session, objective, metric, by=by, at=at)
        made.append(objective)
    if made:
        name_action(session, say("Took over the goals of every CRM"), verb="objective.adopt", project_id=project_id)
    return made


def judge_by(session: Session, objective: Objective, metric: Metric, *, by: Actor, at: datetime) -> None:
    """Judge an objective by a metric of its project; again changes nothing."""
    _refuse_put_away(objective)
    if session.scalars(queries.metric_link(objective_id=objective.id, metric_id=metric.id)).one_or_none():
        return
    session.add(ObjectiveMetric(project_id=objective.project_id, objective_id=objective.id, metric_id=metric.id))
    summary = say("Judged %(statement)s by %(metric)s", statement=objective.statement, metric=metric.name)
    _name(session, objective, "objective.judge", summary)
    session.flush()


def judge_no_longer(session: Session, objective: Objective, metric: Metric, *, by: Actor, at: datetime) -> None:
    """Judge an objective by a metric no longer; the metric stays."""
    link = session.scalars(queries.metric_link(objective_id=objective.id, metric_id=metric.id)).one_or_none()
    if link is None:
        return
    session.delete(link)
    summary = say("Judged %(statement)s no longer by %(metric)s", statement=objective.statement, metric=metric.name)
    _name(session, objective, "objective.judge", summary)
    session.flush()


def add_benefit(
    session: Session, objective: Objective, values: Mapping[str, Any], *, by: Actor, at: datetime
) -> Benefit:
    """Say what reaching an objective is worth. `values` are typed or stored values. Raises InvalidInput."""
    _refuse_put_away(objective)
    benefit = Benefit(project_id=objective.project_id, objective_id=objective.id, rhythm="year")
    _give(session, benefit, values, by)
    session.add(benefit)
    _name(session, objective, "benefit.add", say("Added the benefit %(title)s", title=benefit.title))
    session.flush()
    return benefit


def change_benefit(session: Session, benefit: Benefit, values: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Say anew what it is worth. Raises InvalidInput."""
    _give(session, benefit, values, by)
    summary = say("Changed the benefit %(title)s", title=benefit.title)
    name_action(session, summary, verb="benefit.change", project_id=benefit.project_id)
    session.flush()


def set_objective_of_story(session: Session, story: Story, objective_id: int | None, by: Actor, at: datetime) -> None:
    """Give a story its main objective, or none; what else it serves stays. Raises InvalidInput."""
    links = session.scalars(queries.links_of_story(story_id=story.id)).all()
    main = links[0] if links else None
    if objective_id == (main.objective_id if main else None):
        return
    if objective_id is None:
        if main is not None:
            session.delete(main)
    else:
        _refuse_foreign(session, story.project_id, objective_id, by)
        for link in links:
            if link.objective_id == objective_id:
                session.delete(link)
        session.flush()
        if main is not None:
            main.objective_id = objective_id
        else:
            session.add(StoryObjective(project_id=story.project_id, story_id=story.id, objective_id=objective_id))
    _name_story(session, story)


def serve(session: Session, story: Story, objective_id: int, *, by: Actor, at: datetime) -> None:
    """Let a story serve one more objective; again changes nothing. Raises InvalidInput."""
    _refuse_foreign(session, story.project_id, objective_id, by)
    links = session.scalars(queries.links_of_story(story_id=story.id)).all()
    if any(link.objective_id == objective_id for link in links):
        return
    session.add(StoryObjective(project_id=story.project_id, story_id=story.id, objective_id=objective_id))
    _name_story(session, story)


def serve_no_longer(session: Session, story: Story, objective_id: int, *, by: Actor, at: datetime) -> None:
    """Let a story serve an objective no longer."""
    for link in session.scalars(queries.links_of_story(story_id=story.id)).all():
        if link.objective_id == objective_id:
            session.delete(link)
            _name_story(session, story)


def refuse_stranger(session: Session, project_id: int, user_id: int | None, field: str = "owner_id") -> None:
    """Stop when somebody is named who has no role in the project."""
    if user_id is None:
        return
    if user_id not in {row.id for row in session.execute(people_of_project(project_id=project_id))}:
        raise InvalidInput({field: say("Choose somebody who has a role in this project.")})


def _give(session: Session, benefit: Benefit, values: Mapping[str, Any], by: Actor) -> None:
    stored = checked(BENEFIT, values)
    metric_id = stored.get("metric_id")
    if metric_id is not None:
        scope = Scope(benefit.project_id, by)
        if session.scalars(metric_in_scope(scope, metric_id)).one_or_none() is None:
            raise InvalidInput({"metric_id": say("Choose a metric of this project.")})
    for name, value in stored.items():
        setattr(benefit, name, value)
    if benefit.amount is None:
        benefit.currency = None


def _refuse_foreign(session: Session, project_id: int, objective_id: int, by: Actor) -> None:
    offered = {row.id for row in session.execute(objectives_offered(Scope(project_id, by)))}
    if objective_id not in offered:
        raise InvalidInput({"objective": say("Choose an objective of this project.")})


def _refuse_put_away(objective: Objective) -> None:
    if objective.is_archived:
        raise PutAway(say("%(title)s is archived. Restore it first.", title=objective.statement))


def _name_story(session: Session, story: Story) -> None:
    summary = say("Changed what %(title)s serves", title=story.title)
    name_action(session, summary, verb="story.serve", project_id=story.project_id)
    session.flush()


def _name(session: Session, objective: Objective, verb: str, summary: Phrase) -> None:
    name_action(session, summary, verb=verb, project_id=objective.project_id)
