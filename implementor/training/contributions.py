"""What training adds to the shared pages."""

from __future__ import annotations

from flask import Flask

from implementor.training.result_contributions import contribute_results


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    contribute_results(app)
