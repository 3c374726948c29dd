"""Files and imports for tests: brought in by the engine without a worker, or through the pages with one turn of it."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from implementor.exchange import running, services
from implementor.exchange.command_work import CommandWork
from implementor.exchange.kinds import Options, Outcome, Setup, kind_named
from implementor.exchange.models import ImportRun
from implementor.exchange.sources import column_heads, filled_by, open_file, suggestions_for
from implementor.exchange.storage import look_at
from implementor.jobs.models import WAITING, Job
from implementor.jobs.running import run_inline
from implementor.stories.models import Story
from tests.auth.builders import reading
from tests.machinery.pages import Browser, Page
from tests.waves.builders import Rollout


def setup_for(
    here: Rollout, path: Path, mapping: dict[str, str] | None = None, *, kind_name: str = "stories", **options: Any
) -> Setup:
    """A file with its suggested mapping, changed by header -> field."""
    kind = kind_named(kind_name)
    source, detected = open_file(path, filename=path.name, hints={}, kind=kind)
    chosen = filled_by(suggestions_for(source, kind, here.actor()))
    for column in source.columns:
        if mapping and column.label_unique in mapping:
            chosen[column.index] = mapping[column.label_unique]
    work = CommandWork(here.app, here.actor(), here.project_id)
    return Setup(
        None, here.project_id, path.name, source, detected, {at: name for at, name in chosen.items() if name},
        Options(**options), here.actor(), work.now(),
    )  # fmt: skip


def checked(here: Rollout, path: Path, mapping: dict[str, str] | None = None, **options: Any) -> running.Checked:
    """The dry run of a file."""
    work = CommandWork(here.app, here.actor(), here.project_id)
    return running.check(work, kind_named("stories"), setup_for(here, path, mapping, **options), lambda _outcomes: None)


def refusals(here: Rollout, path: Path, mapping: dict[str, str] | None = None) -> list[tuple[int, str, str, str]]:
    """Row, column, value and message of everything a file is refused for."""
    told: list[tuple[int, str, str, str]] = []

    def keep(outcomes: Sequence[Outcome]) -> None:
        told.extend(
            (one.row.number, why.column, why.value, str(why.message)) for one in outcomes for why in one.reasons
        )

    work = CommandWork(here.app, here.actor(), here.project_id)
    running.check(work, kind_named("stories"), setup_for(here, path, mapping), keep)
    return told


def begun(
    here: Rollout, path: Path, mapping: dict[str, str] | None = None, *, kind_name: str = "stories", **options: Any
) -> tuple[int, CommandWork]:
    """A run that is ready to be carried out, and what to carry it out with."""
    work = CommandWork(here.app, here.actor(), here.project_id)
    setup = setup_for(here, path, mapping, kind_name=kind_name, **options)
    kind = kind_named(kind_name)
    with work.writing() as session:
        run = services.begin_run(
            session, kind=kind, project_id=here.project_id, upload=look_at(path), by=work.by, at=work.now()
        )
        columns = setup.source.columns
        services.keep_shape(run, detected=setup.detected.kind, columns=columns, heads=column_heads(setup.source))
        services.set_mapping(session, run, kind, columns, setup.mapping, setup.options, by=work.by, at=work.now())
        run.state, run.started_at = "running", work.now()
        session.flush()
        return run.id, work


def brought_in(here: Rollout, path: Path, mapping: dict[str, str] | None = None, **options: Any) -> ImportRun:
    """A file imported to its end."""
    run_id, work = begun(here, path, mapping, **options)
    running.carry_out(work, run_id, path)
    return run_now(here, run_id)


def run_now(here: Rollout, run_id: int) -> ImportRun:
    """The stored run."""
    with reading(here.app) as session:
        return session.get_one(ImportRun, run_id)


def counts_of(run: ImportRun) -> tuple[int, int, int, int, int]:
    """Read, created, updated, unchanged, refused."""
    return run.read_count, run.created_count, run.updated_count, run.unchanged_count, run.refused_count


def stories_in(here: Rollout) -> dict[str, Story]:
    """Stories in use by title."""
    with reading(here.app) as session:
        found = session.scalars(
            select(Story).where(Story.project_id == here.project_id, Story.archived_at.is_(None)).order_by(Story.id)
        )
        return {story.title: story for story in found}


def number_of(here: Rollout, model: Any) -> int:
    """How many rows a table has."""
    with reading(here.app) as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def file_with(folder: Path, text: str, name: str = "backlog.csv") -> Path:
    """A text file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def work_off(app: Flask) -> None:
    """One turn of the worker: every waiting job of imports."""
    with reading(app) as session:
        ids = session.scalars(select(Job.id).where(Job.state == WAITING, Job.kind.startswith("exchange."))).all()
    for job_id in ids:
        run_inline(app, job_id)


def upload(browser: Browser, here: Rollout, content: bytes, name: str = "backlog.csv", status: int = 200) -> Page:
    """Send a file by the form."""
    form = browser.get(here.url("/imports/new")).form("upload")
    return form.submit(file=(io.BytesIO(content), name), status=status)
