"""Help inside the application: the pages of `docs/help` in the reader's language, drawn like any other text."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, Response, abort

from implementor.foundation.permissions import ANYONE
from implementor.foundation.words import speech
from implementor.web.guard import allow
from implementor.web.render import draw

PAGES = Path(__file__).resolve().parents[2] / "docs" / "help"
FIRST = "start"
blueprint = Blueprint("help", __name__)


@blueprint.get("/help")
@allow(ANYONE)
def index() -> Response:
    """The first page of the help."""
    return show(FIRST)


@blueprint.get("/help/<page>")
@allow(ANYONE)
def show(page: str) -> Response:
    """One page of the help."""
    pages = titles(speech().language)
    if page not in pages:
        abort(404)
    return draw("help/show.html", page=page, pages=pages, text=text_of(speech().language, page))


@cache
def titles(language: str) -> dict[str, str]:
    """Title by page in the order of the files' numbers; English where a language has none."""
    folder = PAGES / language if (PAGES / language).is_dir() else PAGES / "en"
    files = sorted(folder.glob("*.md"))
    return {
        file.stem.partition("-")[2]: file.read_text(encoding="utf-8").splitlines()[0].lstrip("# ") for file in files
    }


@cache
def text_of(language: str, page: str) -> str:
    """The text of a page without its title."""
    folder = PAGES / language if (PAGES / language).is_dir() else PAGES / "en"
    (file,) = folder.glob(f"*-{page}.md")
    return file.read_text(encoding="utf-8").partition("\n")[2]


def install(app: Flask) -> None:
    """Mount the help."""
    app.register_blueprint(blueprint)
