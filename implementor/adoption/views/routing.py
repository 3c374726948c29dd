"""The blueprints of adoption: within a project, and of one's own people."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("adoption", __name__, url_prefix="/projects/<project_key>/adoption")
of_people = Blueprint("own_use", __name__, url_prefix="/use")
