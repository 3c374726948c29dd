"""Tells the import engine of the kind `stories`: its fields, its project, and what follows when a file is in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.exchange.kinds import ImportKind
from implementor.exchange.models import ImportRun
from implementor.exchange.permissions import IMPORT
from implementor.exchange.story_headers import STORY_TARGETS
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.jobs.models import WAITING, Job
from implementor.jobs.services import enqueue
from implementor.projects.importing import find_project
from implementor.projects.queries import people_of_project
from implementor.stories.statuses import BY_HAND, status_choice
from implementor.waves.story_import import prepare
from implementor.waves.story_import_undo import undo

REBUILD = "search.rebuild"


def stories_kind() -> ImportKind:
    """Stories of a project, with their waves, people and comments."""
    return ImportKind(
        name="stories",
        label=say("Stories"),
        targets=STORY_TARGETS,
        permission=IMPORT,
        prepare=prepare,
        undo=undo,
        find_place=find_project,
        result_url=newest_stories,
        needs=("title", "i_want", "description"),
        open_words=words_to_explain,
        after=find_them,
        order=10,
    )


def newest_stories(_run: ImportRun) -> str:
    """The backlog with what came last on top."""
    return url_for("stories.index", sort="-created_at")


def words_to_explain(session: Session, project_id: int | None) -> Mapping[str, Sequence[tuple[str, Any]]]:
    """Fields whose words a person may explain, with what they can mean."""
    people = session.execute(people_of_project(project_id=project_id or 0))
    return {
        "status": [(status, status_choice(status).label) for status in BY_HAND],
        "owner": [(str(row.id), row.name) for row in people],
    }


def find_them(session: Session, run: ImportRun, by: Actor, at: datetime) -> None:
    """Bulk writes tell nobody, so the search reads the project's stories anew; once, however many imports ask."""
    arguments = {"kind": "story", "project_id": run.project_id}
    waiting = session.scalars(select(Job.arguments).where(Job.kind == REBUILD, Job.state == WAITING))
    if arguments not in list(waiting):
        enqueue(
            session, REBUILD, arguments=arguments, title=say("Making imported stories findable"), by=by, at=at,
            project_id=run.project_id,
        )  # fmt: skip
