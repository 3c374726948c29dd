"""The blueprint of migration runs, and finding the run and the figure that an address names."""

from __future__ import annotations

from flask import Blueprint

from implementor.foundation.errors import NotFound
from implementor.lists.record_page import present_scope
from implementor.releases import queries
from implementor.releases.models import MigrationFigure, MigrationRun
from implementor.web.unit_of_work import session

blueprint = Blueprint("releases", __name__, url_prefix="/projects/<project_key>/migrations")


def run_or_404(run_id: int, *, to_change: bool = False) -> MigrationRun:
    """The run of this project; kept from others until the end of the request where it is to be changed."""
    statement = queries.run_in_scope(present_scope(), run_id)
    if to_change:
        statement = statement.where(MigrationRun.archived_at.is_(None)).with_for_update()
    found = session().scalars(statement.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound("migration_run")
    return found


def figure_or_404(run: MigrationRun, figure_id: int) -> MigrationFigure:
    """A figure of the run that is in use."""
    found = session().scalars(queries.figure_in_run(run_id=run.id, figure_id=figure_id)).one_or_none()
    if found is None:
        raise NotFound("migration_figure")
    return found
