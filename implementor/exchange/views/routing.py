"""The blueprint of imports, the run an address names, and what every page about it shows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

from flask import Blueprint, abort, current_app, g, url_for

from implementor.exchange import queries
from implementor.exchange.kinds import ImportKind, Reason, kind_named, kinds, reason_from_json
from implementor.exchange.models import BUSY, CANCELLED, DONE, FAILED, MAPPED, PREVIEWING, ImportRun
from implementor.exchange.permissions import IMPORT, USE
from implementor.exchange.readers.source import UnreadableFile
from implementor.exchange.storage import UploadStore
from implementor.exchange.uploads import upload_store
from implementor.foundation.errors import NotFound
from implementor.foundation.words import Phrase, say, speech
from implementor.jobs.models import Job
from implementor.web.guard import actor, allow
from implementor.web.unit_of_work import session

View = TypeVar("View", bound=Callable[..., Any])
blueprint = Blueprint("exchange", __name__)

STATES: dict[str, tuple[Phrase, str]] = {
    "uploaded": (say("Uploaded"), "neutral"),
    "mapped": (say("Columns chosen"), "neutral"),
    "previewing": (say("Being checked"), "review"),
    "previewed": (say("Checked"), "accepted"),
    "running": (say("Under way"), "review"),
    "done": (say("Imported"), "ok"),
    "failed": (say("Stopped by an error"), "off"),
    "cancelled": (say("Cancelled"), "neutral"),
    "undoing": (say("Being taken back"), "review"),
    "undone": (say("Taken back"), "neutral"),
}
SHOWN_EMPTIED = 100
AFTER_JOB = {PREVIEWING: MAPPED, "running": FAILED, "undoing": DONE}
"""What a run is when its job ended without a word to it."""


class FileIsGone(UnreadableFile):
    """The upload was cleared away."""


def imports_page(rule: str, method: str) -> Callable[[View], View]:
    """Mount a view under `/projects/KEY/imports` for kinds of projects and under `/imports` for all others."""

    def mount(view: View) -> View:
        @wraps(view)
        def here(*args: Any, **values: Any) -> Any:
            if "project" in g and not actor().may(IMPORT) and not kinds_here():
                abort(403)
            return view(*args, **values)

        marked = allow(USE)(here)
        for prefix in ("/projects/<project_key>/imports", "/imports"):
            blueprint.add_url_rule(prefix + rule, view_func=marked, methods=[method])
        return cast(View, marked)

    return mount


def place_id() -> int | None:
    """The project that the imports of this address are of; None for kinds outside projects."""
    return g.project.id if "project" in g else None


def kinds_here() -> list[ImportKind]:
    """The kinds that this person may import here."""
    is_project = "project" in g
    here = [kind for kind in kinds.values() if kind.in_project == is_project and actor().may(kind.permission)]
    return sorted(here, key=lambda kind: kind.order)


def run_or_404(run_id: int) -> ImportRun:
    """The import of that number in this place, if this person may import its kind and know of it."""
    run = session().scalars(queries.run_in_project(actor(), project_id=place_id(), run_id=run_id)).one_or_none()
    if run is None or run.kind not in {kind.name for kind in kinds_here()}:
        raise NotFound("import")
    return run


def kind_of(run: ImportRun) -> ImportKind:
    """What the run's rows are."""
    return kind_named(run.kind)


def store() -> UploadStore:
    """Where uploads lie."""
    return upload_store(current_app._get_current_object())  # type: ignore[attr-defined]  # the application itself


def path_of(run: ImportRun) -> Path:
    """Where the run's file lies. Raises FileIsGone."""
    path = store().path(run.storage_key) if run.storage_key else None
    if path is None or not path.is_file():
        raise FileIsGone(say("The file is no longer stored."), way_out=say("Upload it again."))
    return path


def job_of(run: ImportRun) -> Job | None:
    """The job that works, or worked, on it."""
    if run.job_id is None:
        return None
    return session().scalars(queries.job_of_run(job_id=run.job_id)).one_or_none()


def standing_of(run: ImportRun, job: Job | None) -> str:
    """The state as people see it: a run whose job is over is not under way, whatever its row says."""
    if run.state in BUSY and (job is None or job.is_over):
        return (
            CANCELLED
            if job is not None and job.state == "cancelled" and run.state == "running"
            else (AFTER_JOB[run.state])
        )
    return run.state


def about(run: ImportRun) -> dict[str, Any]:
    """What every page of a run needs: itself, its job, its state and the steps."""
    job = job_of(run)
    standing = standing_of(run, job)
    version = f"{standing}-{run.position}-{run.finished_at}-{job.signature if job else ''}-{speech().language}"
    return {
        "run": run, "job": job, "standing": standing, "state": STATES[standing], "states": STATES,
        "steps": steps_of(run, standing), "kind": kind_of(run),
        "version": hashlib.blake2b(version.encode(), digest_size=8).hexdigest(),
    }  # fmt: skip


def emptied_lines(run: ImportRun) -> list[tuple[int, Reason]]:
    """The first cells that were left out, with their rows."""
    rows = session().scalars(queries.emptied_of_run(run_id=run.id, limit=SHOWN_EMPTIED)).all()
    return [(row.row, reason_from_json(reason)) for row in rows for reason in row.reasons]


def steps_of(run: ImportRun | None, standing: str) -> list[dict[str, Any]]:
    """The five steps with how far this run is; those that can be gone back to are links."""
    names = ((say("File"), None), (say("Reading"), "exchange.reading"), (say("Columns"), "exchange.columns"),
             (say("Check"), "exchange.check"), (say("Import"), "exchange.show"))  # fmt: skip
    reached = {"uploaded": 1, "mapped": 2, "previewing": 3, "previewed": 3}.get(standing, 4) if run is not None else 0
    begun = run is not None and run.started_at is not None
    steps = []
    for place, (name, endpoint) in enumerate(names):
        can_go = run is not None and endpoint is not None and place <= reached and (place == 4) == begun
        steps.append({
            "name": name, "url": url_for(endpoint, run_id=run.id) if can_go and endpoint and run else None,
            "place": place, "reached": reached,
        })  # fmt: skip
    return steps
