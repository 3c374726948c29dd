"""A project of many thousand stories in seconds: the project and its waves by services, the rows in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from implementor.comments.models import Comment
from implementor.demo.bulk_rows import part_rows, story_rows
from implementor.foundation.growth import count_what_grew
from implementor.foundation.permissions import Actor, Role
from implementor.history.services import noting
from implementor.projects.services import NewProject, create_project, take_numbers
from implementor.search.services import DOCUMENTS
from implementor.search.sources import row_of, source_of
from implementor.stories.listeners import tag_rows
from implementor.stories.models import Criterion, Story, StoryFact, StoryTag, Task
from implementor.waves.models import Wave, WaveStory
from implementor.waves.services import create_wave, start_wave

BATCH = 2_000
FIRST_WAVE, OTHER_WAVES, MOST_WAVES = 200, 150, 40
"""Stories in the wave that is being built, in each of the others, and how many others there are at most."""
PARTS = {"criterion": Criterion, "task": Task, "comment": Comment}
LEAD = "lead"
NOTHING = dict.fromkeys(Story.__table__.c.keys())


def add_bulk_project(
    session: Session, key: str, count: int, *, actors: Mapping[str, Actor], area_ids: Sequence[int], at: datetime
) -> int:
    """A project of `count` stories, its first wave started with 200 of them; answers its id. Never commits.

    The same count gives the same stories. `actors` has at least "lead"; everybody in it who is a person takes part.
    """
    lead = actors[LEAD].with_roles([Role.PROJECT_LEAD])
    people = [actor.user_id for actor in actors.values() if actor.user_id is not None and actor != actors[LEAD]]
    members = [(Role.MEMBER, user_id) for user_id in people[:6]]
    others = min(MOST_WAVES, max(0, count // 2 - FIRST_WAVE) // OTHER_WAVES)
    with noting(session, by=lead, at=at):
        project_id = create_project(session, _wanted(key, count, lead, members, area_ids, at), by=lead, at=at).id
        waves = [_add_wave(session, project_id, number, lead, at) for number in range(1, others + 2)]
        first = take_numbers(session, project_id=project_id, of="story", count=count)
        rows = story_rows(
            project_id=project_id, first=first, count=count, planned=FIRST_WAVE + others * OTHER_WAVES,
            building=FIRST_WAVE, owner_ids=[lead.user_id or 0, *(user_id for _, user_id in members)],
            area_ids=area_ids, at=at,
        )  # fmt: skip
        places = [wave.id for number, wave in enumerate(waves) for _ in range(OTHER_WAVES if number else FIRST_WAVE)]
        for offset, batch in enumerate(_batches(rows)):
            _write(session, key, batch, places[offset * BATCH : (offset + 1) * BATCH], at)
    with noting(session, by=lead, at=at, project_id=project_id):
        start_wave(session, waves[0], by=lead, at=at)
    return project_id


def _wanted(
    key: str, count: int, lead: Actor, members: Sequence[tuple[Role, int]], area_ids: Sequence[int], at: datetime
) -> NewProject:
    return NewProject(
        key=key, name=f"{count:,} stories", purpose="A project as large as they come.", country="CO",
        programme_name=f"Programme of {key}", starts_on=at.date(), area_ids=area_ids, method_key="open",
        people=[(Role.PROJECT_LEAD, lead.user_id or 0), *members],
    )  # fmt: skip


def _add_wave(session: Session, project_id: int, number: int, by: Actor, at: datetime) -> Wave:
    starts: date = at.date() + timedelta(days=28 * (number - 1))
    values = {"name": f"Wave {number}", "starts_on": starts, "ends_on": starts + timedelta(days=27)}
    return create_wave(session, project_id=project_id, values=values, by=by, at=at)


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _write(session: Session, key: str, batch: list[dict[str, Any]], wave_ids: Sequence[int], at: datetime) -> None:
    """One batch of stories with everything around them; the first ones go into the waves named."""
    _insert(session, Story, batch)
    count_what_grew(session)
    numbered = select(Story.number, Story.id).where(
        Story.project_id == batch[0]["project_id"], Story.number.between(batch[0]["number"], batch[-1]["number"])
    )
    ids = {row.number: row.id for row in session.execute(numbered)}
    stories = [{**row, "id": ids[row["number"]]} for row in batch]
    _insert(session, StoryTag, (tag for row in stories for tag in tag_rows(row["project_id"], row["id"], row["tags"])))
    _insert(session, StoryFact, (_fact(row, "status", row["status"]) for row in stories))
    source = source_of("story")
    assert source is not None  # stories are searched
    documents = [row_of(source, SimpleNamespace(**{**NOTHING, **row}), key, at) for row in stories]
    session.connection().execute(insert(DOCUMENTS), [row for row in documents if row is not None])
    planned = list(zip(stories, wave_ids, strict=False))
    common = ("project_id", "created_at", "updated_at", "created_by_id")
    _insert(
        session,
        WaveStory,
        (
            {"story_id": row["id"], "wave_id": wave_id, **{name: row[name] for name in common}}
            for row, wave_id in planned
        ),
    )
    _insert(session, StoryFact, (_fact(row, "wave", str(wave_id)) for row, wave_id in planned))
    for kind, model in PARTS.items():
        _insert(session, model, (part for row, _ in planned for part in part_rows(kind, row)))


def _fact(row: Mapping[str, Any], kind: str, after: str) -> dict[str, Any]:
    return {
        "project_id": row["project_id"],
        "story_id": row["id"],
        "kind": kind,
        "before": None,
        "after": after,
        "at": row["created_at"],
        "by_id": row["created_by_id"],
        "sourced": True,
    }


def _insert(session: Session, model: Any, rows: Iterable[Mapping[str, Any]]) -> None:
    """Through Core: nothing is recorded and nobody is told, which is what makes it fast."""
    table: Table = model.__table__
    found = list(rows)
    if found:
        session.connection().execute(insert(table), found)
