"""Tasks by name: `@task("exchange.run_import")` lives in `implementor.exchange.tasks`, which only a worker imports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, TypeVar

Result = Mapping[str, Any] | None
Task = TypeVar("Task", bound=Callable[..., Result])

_tasks: dict[str, Callable[..., Result]] = {}


class UnknownTaskError(LookupError):
    """A job names a task that its package does not have; a fault of the program."""


def task(name: str) -> Callable[[Task], Task]:
    """Give a function `(job: JobContext, **arguments) -> result` the name that jobs call it by."""

    def register(function: Task) -> Task:
        _tasks[name] = function
        return function

    return register


def task_named(name: str) -> Callable[..., Result]:
    """The function of that name, importing its package's `tasks` module when it is first needed."""
    if name not in _tasks:
        import_module(f"implementor.{name.rpartition('.')[0]}.tasks")
    if name not in _tasks:
        raise UnknownTaskError(name)
    return _tasks[name]
