"""The project that something of governance happens in, as services are told of it."""

from __future__ import annotations

from typing import Protocol


class InProject(Protocol):
    """A project, or whatever else stands for one by its id."""

    @property
    def id(self) -> int:
        """The project's id."""
        ...


class Here:
    """A project of which only the id is known."""

    def __init__(self, project_id: int) -> None:
        self.id = project_id
