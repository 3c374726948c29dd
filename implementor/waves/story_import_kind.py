"""Tells the import engine of the kind `stories`: its fields, its project, and what follows when a file is in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.exchange.kinds import ImportKind
from implementor.exchange.models import ImportRun
from implementor.exchange.records.declaring import RecordImport
from implementor.exchange.records.kind import words_to_explain
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.jobs.models import WAITING, Job
from implementor.jobs.services import enqueue
from implementor.projects.importing import find_project
from implementor.projects.queries import people_of_project
from implementor.stories.statuses import BY_HAND, status_choice
from implementor.waves.story_import import prepare
from implementor.waves.story_import_targets import is_open, story_import, story_targets
from implementor.waves.story_import_undo import undo

REBUILD = "search.rebuild"


def stories_kind() -> ImportKind:
    """Stories of a project, with their waves, people and comments."""
    declared = story_import()
    return ImportKind(
        name="stories",
        label=declared.entity.label_plural,
        targets=story_targets(declared),
        is_open=is_open,
        permission=declared.permission,
        prepare=prepare,
        undo=undo,
        find_place=find_project,
        result_url=declared.result_url,
        needs=declared.needs,
        open_words=partial(explained_words, declared),
        after=find_them,
        order=10,
    )


def explained_words(
    declared: RecordImport, session: Session, project_id: int | None
) -> Mapping[str, Sequence[tuple[str, Any]]]:
    """Fields whose words a person may explain, with what they can mean; no file says that something went live."""
    people = session.execute(people_of_project(project_id=project_id or 0))
    return {
        **words_to_explain(declared, session, project_id),
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
