"""The page that shows every component in both themes, for those who build and those who judge."""

from __future__ import annotations

from flask import Blueprint, Flask, Response

from implementor.foundation.permissions import SIGNED_IN
from implementor.web.guard import allow
from implementor.web.render import draw

blueprint = Blueprint("styleguide", __name__)


@blueprint.get("/styleguide")
@allow(SIGNED_IN)
def show() -> Response:
    """Every component."""
    return draw("styleguide/show.html")


def install(app: Flask) -> None:
    """Mount the page."""
    app.register_blueprint(blueprint)
