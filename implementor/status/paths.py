"""Addresses inside this installation, also where no request is at hand: in jobs, commands and the demo."""

from __future__ import annotations

from typing import Any

from flask import current_app, has_app_context


def path_of(endpoint: str, **values: Any) -> str | None:
    """The path of a page, without host; None where a script composes a report without the application."""
    return current_app.url_map.bind("localhost").build(endpoint, values) if has_app_context() else None
