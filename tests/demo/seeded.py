"""The demo world as `implementor seed` builds it; on SQLite one worker of a run builds it for all tests."""

from __future__ import annotations

from typing import Any

from flask import Flask

from tests.auth.builders import PASSWORD
from tests.machinery.copies import Copies


def seed(app: Flask) -> str:
    """Run the command; returns what it printed."""
    done = app.test_cli_runner().invoke(args=["seed", "--password", PASSWORD])
    assert done.exit_code == 0, done.output
    return done.stdout


def seed_once(app: Flask, workshop: Any) -> str:
    """Bring the worker's SQLite database to what the command built once in this run; returns what it printed."""
    copies = Copies[str]()
    try:
        return copies.open(workshop, "seeded", lambda: seed(app))
    finally:
        copies.close()
