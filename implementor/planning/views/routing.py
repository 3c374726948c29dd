"""The blueprint of planning."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("planning", __name__, url_prefix="/projects/<project_key>")
