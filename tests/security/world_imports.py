"""The imports of the world: one that is checked and can begin, one that has ended, and one whose job waits."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from flask import Flask
from sqlalchemy.orm import Session

from implementor.exchange import services
from implementor.exchange.kinds import Options, Outcome, Reason, kind_named
from implementor.exchange.models import DONE, PREVIEWED, ImportRun
from implementor.exchange.readers.source import Row
from implementor.exchange.sources import column_heads, open_file
from implementor.exchange.uploads import upload_store
from implementor.foundation.permissions import Actor, Role
from implementor.foundation.words import say
from tests.auth.builders import Person, working

if TYPE_CHECKING:
    from tests.security.world import Place

File = tuple[str, str, Mapping[int, str]]
LARGEST = 1024 * 1024  # bytes


STORIES = ("stories", "Title,Points", {0: "title", 1: "points"})
ACCOUNTS = ("account", "Name,Employees", {0: "name", 1: "employees"})
"""Kind, header row and mapping of a file."""


def add_imports(session: Session, app: Flask, place: Place, text: str, by: Actor, at: datetime) -> None:
    """Three imports of a file with one story; the ended one refused a row."""
    place.ids |= _three_runs(session, app, STORIES, text, place.project_id, by, at)


def add_outside_imports(app: Flask, ids: dict[str, int], person: Person, text: str) -> None:
    """The same with a file of accounts, outside projects."""
    by = person.actor.with_roles([Role.CRM_ADMIN])
    with working(app, by) as session:
        made = _three_runs(session, app, ACCOUNTS, text, None, by, datetime.now(UTC))
    ids.update({f"outside_{name}": run_id for name, run_id in made.items()})


def _three_runs(
    session: Session, app: Flask, file: File, text: str, project_id: int | None, by: Actor, at: datetime
) -> dict[str, int]:
    checked, done, waiting = (_mapped_run(session, app, file, text, project_id, by, at) for _ in range(3))
    checked.state = PREVIEWED
    done.state, done.started_at, done.finished_at, done.refused_count = DONE, at, at, 1
    refused = Outcome(Row(2, [f"Refused {text}"]), "refused", [Reason(say("There is no title."), "Title", text)])
    services.keep_told(session, done.id, [refused])
    services.ask_preview(session, waiting, by=by, at=at + timedelta(days=300))
    session.flush()
    return {"import_checked": checked.id, "import_done": done.id, "import_waiting": waiting.id}


def _mapped_run(
    session: Session, app: Flask, file: File, text: str, project_id: int | None, by: Actor, at: datetime
) -> ImportRun:
    kind, store = kind_named(file[0]), upload_store(app)
    upload = store.put(f"{text.split()[0]}.csv", io.BytesIO(f"{file[1]}\nAbout {text},3\n".encode()), largest=LARGEST)
    run = services.begin_run(session, kind=kind, project_id=project_id, upload=upload, by=by, at=at)
    source, detected = open_file(store.path(upload.key or ""), filename=upload.name, hints={}, kind=kind)
    services.keep_shape(run, detected=detected.kind, columns=source.columns, heads=column_heads(source))
    services.set_mapping(session, run, kind, source.columns, file[2], Options(time_zone="UTC"), by=by, at=at)
    session.flush()
    return run
