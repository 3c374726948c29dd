"""Addresses: numbers that fit a database key, and the project's key filled in while one is in a project."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, g
from werkzeug.routing import IntegerConverter


class KeyConverter(IntegerConverter):
    """Whole numbers that a key can have; a longer one names nothing and is answered 404."""

    def __init__(self, map: Any, *args: Any, **options: Any) -> None:
        super().__init__(map, *args, **{"max": 2**63 - 1, **options})


def fill_in_project(endpoint: str, values: dict[str, Any]) -> None:
    """Links made inside a project stay in it unless they say otherwise."""
    project = g.get("project")
    if project is None or "project_key" in values:
        return
    if current_app.url_map.is_endpoint_expecting(endpoint, "project_key"):
        values["project_key"] = project.key


def install(app: Flask) -> None:
    """Use these rules for every address of the application."""
    app.url_map.converters["int"] = KeyConverter
    app.url_defaults(fill_in_project)
