"""Whom a comment may name: the people of its project, as the package of projects tells them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, false, select

from implementor.auth.models import User

Rows = Select[*tuple[Any, ...]]


def _nobody(project_id: int) -> Rows:
    return select(User.id, User.name).where(false())


class Members:
    """`of_project(project_id)` selects (id, name) of everybody in a project; projects put theirs here."""

    of_project: Callable[[int], Rows] = staticmethod(_nobody)


members = Members()
