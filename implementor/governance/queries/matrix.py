"""How the assignment matrix is found."""

from __future__ import annotations

from sqlalchemy import Select, func, select

from implementor.governance.models import MatrixItem, MatrixMark


def items_of(*, project_id: int) -> Select[MatrixItem]:
    """The rows in use, in their order."""
    return (
        select(MatrixItem)
        .where(MatrixItem.project_id == project_id, MatrixItem.archived_at.is_(None))
        .order_by(MatrixItem.place, MatrixItem.id)
    )


def marks_of(*, project_id: int) -> Select[MatrixMark]:
    """The marks of every row."""
    return select(MatrixMark).where(MatrixMark.project_id == project_id)


def item_in(*, project_id: int, item_id: int) -> Select[MatrixItem]:
    """One row in use."""
    return items_of(project_id=project_id).where(MatrixItem.id == item_id)


def last_place(*, project_id: int) -> Select[int]:
    """Where the last row stands; 0 before there is one."""
    return select(func.coalesce(func.max(MatrixItem.place), 0)).where(MatrixItem.project_id == project_id)
