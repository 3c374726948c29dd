"""The pack as one document of HTML, from which its PDF is made too."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import current_app

from implementor.status.pictures import progress_picture
from implementor.web.markdown import render_markdown

STYLE = Path(__file__).with_name("pack.css")


def style_of_pack() -> str:
    """The rules of style of a pack, for paper."""
    return STYLE.read_text(encoding="utf-8")


def html_of(content: Mapping[str, Any], *, is_alone: bool = False, template_name: str = "status/pack.html") -> str:
    """The document of a pack's frozen content; one that stands alone carries its style, since nothing brings it."""
    template = current_app.jinja_env.get_template(template_name)
    picture = progress_picture(content) if "progress" in content else None
    document = template.render(
        content=content, issued=True, linked=False, picture=picture,
        prose=render_markdown(content["comment"]), money_hidden=False,
    )  # fmt: skip
    return document.replace("</head>", f"<style>{style_of_pack()}</style>\n</head>", 1) if is_alone else document
