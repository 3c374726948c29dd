"""The budget of the measured project: as many lines and months as a page of money shows, for the bench."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.finance.services.amounts import Cell, write_amounts
from implementor.finance.services.lines import create_line
from implementor.foundation.permissions import Actor
from implementor.projects.models import Project

LINES = 24


def add_money(session: Session, key: str, actors: Mapping[str, Actor], at: datetime) -> None:
    """Two dozen lines, each planned and paid over the months of this year and the next."""
    by, project_id = actors["lead"], session.scalars(select(Project.id).where(Project.key == key)).one()
    months = [date(year, month, 1) for year in (at.year, at.year + 1) for month in range(1, 13)]
    for number in range(LINES):
        line = create_line(session, project_id=project_id, values={"title": f"Line {number}"}, by=by, at=at)
        cells = {Cell(line.id, "planned", month): 1_000_00 for month in months}
        cells |= {Cell(line.id, "actual", month): 900_00 for month in months if month <= at.date()}
        write_amounts(session, project_id=project_id, cells=cells, by=by, at=at)
