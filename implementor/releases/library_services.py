"""Taking processes of the library into a project: their stories with criteria, training, settings and metrics."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from implementor.configuration.models import StoredPipeline
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Scope
from implementor.foundation.words import say, say_n
from implementor.history.services import name_action
from implementor.metrics.defining import Stated
from implementor.metrics.models import Metric
from implementor.metrics.standard import pick, picked
from implementor.releases import item_services
from implementor.releases.library_data import LibraryItem, LibraryStory, Process, processes
from implementor.releases.setting_kinds import Wish
from implementor.stories.models import Story
from implementor.stories.part_catalogue import PARTS
from implementor.stories.part_services import add_part
from implementor.stories.services import create_story

SOURCE = "library"


def stories_of_library(*, project_id: int) -> Select[str | None]:
    """The keys (`process/story`) of the library's stories that a project has already."""
    return select(Story.external_key).where(Story.project_id == project_id, Story.external_source == SOURCE)


def take_processes(session: Session, scope: Scope, keys: Collection[str], *, currency: str, stated: Stated) -> int:
    """Write the stories of these processes in the language of who asks; returns how many were new.

    What the project has already is passed over. Raises InvalidInput where no process is chosen.
    """
    chosen = [one for one in processes() if one.key in keys]
    if not chosen:
        raise InvalidInput({"processes": say("Choose at least one process.")})
    have = set(session.scalars(stories_of_library(project_id=scope.project_id or 0)))
    new = [(process, story) for process in chosen for story in process.stories if _key(process, story) not in have]
    name_action(
        session, say_n("Took %(count)s story from the library", "Took %(count)s stories from the library", len(new)),
        verb="library.take", project_id=scope.project_id,
    )  # fmt: skip
    pick(session, scope, {story.metric for _process, story in new}, currency=currency, stated=stated)
    metrics = picked(session, scope)
    for process, story in new:
        _take(session, scope, process, story, metrics, stated)
    return len(new)


def wish_of(session: Session, item: LibraryItem) -> Wish:
    """What an item of the library asks for here, where pipelines have identities of their own."""
    values = dict(item.values)
    if item.kind == "pipeline_stage":
        found = session.scalar(select(StoredPipeline.uid).where(StoredPipeline.key == values["pipeline"]))
        values["pipeline"] = found
    return Wish(item.kind, item.verb, item.target, values)


def _key(process: Process, story: LibraryStory) -> str:
    return f"{process.key}/{story.key}"


def _take(
    session: Session, scope: Scope, process: Process, story: LibraryStory, metrics: Mapping[str, Metric], stated: Stated
) -> None:
    by, at = stated.by, stated.at
    values: dict[str, Any] = {
        "title": str(story.title), "as_a": str(story.as_a), "i_want": str(story.i_want),
        "so_that": str(story.so_that), "value": story.value, "points": story.points, "tags": [str(process.name)],
    }  # fmt: skip
    made = create_story(session, scope, values, by=by, at=at)
    made.external_source, made.external_key = SOURCE, _key(process, story)
    session.flush()  # parts and settings point at the story
    for one in story.criteria:
        add_part(session, made, PARTS["criterion"], {"text": str(one), "phase": "release"}, by=by, at=at)
    metric = metrics.get(story.metric)
    if metric is not None:
        told = say("%(metric)s reaches its target", metric=metric.name)
        judged = {"text": str(told), "phase": "value", "metric": metric.id}
        add_part(session, made, PARTS["criterion"], judged, by=by, at=at)
    for topic in story.topics:
        title = say("Training: %(topic)s", topic=topic)
        add_part(session, made, PARTS["task"], {"title": str(title)}, by=by, at=at)
    for item in story.items:
        try:
            item_services.add_item(session, made, wish_of(session, item), by=by, at=at)
        except InvalidInput:
            # what is there already needs no setting: the list begins so, the word is known
            continue
