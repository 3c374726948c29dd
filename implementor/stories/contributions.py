"""What stories add to the shared pages: their list, their records, their place in the frame."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.foundation.fields import Entity, Scope
from implementor.foundation.measures import measurable
from implementor.foundation.model import Rows
from implementor.foundation.panels import Place, panel
from implementor.foundation.records import RecordKind, record_kind
from implementor.foundation.words import say
from implementor.governance.matrix_targets import MatrixTarget, matrix_target
from implementor.lists.sheets import Sheet, sheet
from implementor.stories import part_services, permissions, queries, services
from implementor.stories.catalogue import STORY
from implementor.stories.chased import let_chase
from implementor.stories.links import backlog_url, story_url
from implementor.stories.models import Milestone, Story
from implementor.stories.part_catalogue import MILESTONE, PARTS
from implementor.stories.restoring import make_undoable
from implementor.stories.status_times import tell_status_times
from implementor.stories.statuses import status_choice
from implementor.stories.value_queries import stories_judged_by
from implementor.web.navigation import NavItem, Shortcut, directory


def contribute(app: Flask) -> None:
    """Fill the registries below."""
    measurable(STORY)
    measurable(MILESTONE)
    tell_status_times()
    let_chase()
    _let_matrix_rows_point()
    sheet(
        Sheet(
            entity=STORY,
            base=queries.stories_of_project,
            record=queries.story_of_project,
            record_url=story_url,
            index_url=backlog_url,
            may_view=permissions.VIEW,
            may_edit=permissions.EDIT,
            change=lambda session, story, values, by, at: services.change_story(session, story, values, by=by, at=at),
            create=lambda session, scope, values, by, at: services.create_story(session, scope, values, by=by, at=at),
            link_columns=("number",),
            new_label=say("New story"),
            order_url=lambda: url_for("stories.order"),
            order_form_url=lambda row: url_for("stories.place", number=row.link_number),
        )
    )
    for entity in (*PARTS.values(), MILESTONE):
        _contribute_part(entity)
    record_kind(
        RecordKind(
            "story",
            STORY.label,
            Story,
            queries.visible_stories,
            lambda row: ("stories.show", {"project_key": row.project_key, "number": row.number}),
        )
    )
    make_undoable()
    panel("metric.page", 20, "stories/_of_metric.html", load_of_metric)
    put_up_places(app)


def put_up_places(app: Flask) -> None:
    """The entry of the side bar and the keys that lead there."""
    found = directory(app)
    found.items.append(NavItem("project", say("Backlog"), "stories.index", permissions.VIEW, in_project=True, order=20))
    found.shortcuts.append(Shortcut("g b", say("Go to the backlog"), "stories.index", in_project=True))
    found.shortcuts.append(Shortcut("n s", say("New story"), "stories.new", in_project=True))


def load_of_metric(session: Session, place: Place) -> Mapping[str, Any] | None:
    """The stories whose criteria the metric decides."""
    metric = place.record
    rows = session.execute(stories_judged_by(project_id=metric.project_id, metric_id=metric.id)).all()
    return {"rows": [(row, status_choice(row.status)) for row in rows]} if rows else None


def _contribute_part(entity: Entity) -> None:
    model: Any = entity.model

    def base(scope: Scope) -> Rows:
        return select(model).where(model.project_id == scope.project_id, model.archived_at.is_(None))

    def record(scope: Scope, record_id: int) -> Rows:
        return select(model).where(model.project_id == scope.project_id, model.id == record_id)

    def change(session: Any, part: Any, values: dict[str, Any], by: Any, at: Any) -> None:
        part_services.change_part(session, part, entity, values)

    is_milestone = model is Milestone
    sheet(
        Sheet(
            entity=entity,
            base=base,
            record=record,
            may_view=permissions.VIEW,
            may_edit=permissions.EDIT,
            change=change,
            create=_create_milestone if is_milestone else None,
            link_columns=() if is_milestone else ("story_id",),
            record_url=_milestone_url if is_milestone else _part_url(entity.kind),
            index_url=(lambda: url_for("stories.milestones")) if is_milestone else backlog_url,
            new_label=say("New milestone") if is_milestone else None,
        )
    )


def _part_url(kind: str) -> Any:
    return lambda row: url_for("stories.of_part", story_id=row.link_story_id, _anchor=f"{kind}_part")


def _milestone_url(row: Any) -> str:
    return url_for("lists.edit", kind="milestone", record_id=row.id)


def _create_milestone(session: Any, scope: Scope, values: dict[str, Any], by: Any, at: Any) -> Milestone:
    made = Milestone(project_id=scope.project_id)
    part_services.change_part(session, made, MILESTONE, values)
    session.add(made)
    return made


def _let_matrix_rows_point() -> None:
    matrix_target(
        MatrixTarget("milestone", "deliverable", say("Milestones"), Milestone, lambda one: str(one.title),
                     lambda _one: ("stories.milestones", {}))
    )  # fmt: skip
