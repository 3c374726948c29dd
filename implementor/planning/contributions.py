"""What planning adds to the shared pages."""

from __future__ import annotations

from flask import Flask


def contribute(app: Flask) -> None:
    """Called once by the factory."""
