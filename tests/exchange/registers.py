"""Files for the registers of a project: checked, brought in and taken back by the engine, without a worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask

from implementor.exchange import running, services, undoing
from implementor.exchange.command_work import CommandWork
from implementor.exchange.kinds import Options, Outcome, Setup, Undone, kind_named
from implementor.exchange.models import ImportRun
from implementor.exchange.sources import column_heads, filled_by, open_file, suggestions_for
from implementor.exchange.storage import look_at
from implementor.foundation.permissions import Actor
from tests.auth.builders import reading


@dataclass
class Register:
    """A register of a project that files fill."""

    app: Flask
    project_id: int
    by: Actor
    kind: str
    folder: Path

    def file(self, text: str, name: str = "register.csv") -> Path:
        """A text file."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def setup(self, path: Path, **options: Any) -> Setup:
        """A file with the mapping that its headers suggest."""
        kind, work = kind_named(self.kind), CommandWork(self.app, self.by, self.project_id)
        source, detected = open_file(path, filename=path.name, hints={}, kind=kind)
        mapping = filled_by(suggestions_for(source, kind, self.by))
        return Setup(
            None, self.project_id, path.name, source, detected, mapping, Options(**options), self.by, work.now()
        )

    def refusals(self, path: Path, **options: Any) -> list[tuple[int, str, str]]:
        """Row, value and message of everything that the dry run refuses."""
        told: list[tuple[int, str, str]] = []

        def keep(outcomes: Sequence[Outcome]) -> None:
            told.extend((one.row.number, why.value, str(why.message)) for one in outcomes for why in one.reasons)

        work = CommandWork(self.app, self.by, self.project_id)
        running.check(work, kind_named(self.kind), self.setup(path, **options), keep)
        return told

    def bring(self, path: Path, **options: Any) -> ImportRun:
        """A file imported to its end."""
        work, setup, kind = CommandWork(self.app, self.by, self.project_id), self.setup(path, **options), self.kind
        services.refuse_mapping(kind_named(kind), setup.source.columns, setup.mapping, self.by)
        with work.writing() as session:
            run = services.begin_run(
                session, kind=kind_named(kind), project_id=self.project_id, upload=look_at(path), by=work.by,
                at=work.now(),
            )  # fmt: skip
            columns = setup.source.columns
            services.keep_shape(run, detected=setup.detected.kind, columns=columns, heads=column_heads(setup.source))
            services.set_mapping(
                session, run, kind_named(kind), columns, setup.mapping, setup.options, by=work.by, at=work.now()
            )
            run.state, run.started_at = "running", work.now()
            session.flush()
            run_id = run.id
        running.carry_out(work, run_id, path)
        return self.run(run_id)

    def run(self, run_id: int) -> ImportRun:
        """The stored run."""
        with reading(self.app) as session:
            return session.get_one(ImportRun, run_id)

    def take_back(self, run: ImportRun) -> Undone:
        """Take an import back as a whole."""
        return undoing.take_back(CommandWork(self.app, self.by, self.project_id), run.id)


def became(run: ImportRun) -> tuple[int, int, int, int]:
    """Created, updated, unchanged, refused."""
    return run.created_count, run.updated_count, run.unchanged_count, run.refused_count
