"""A comment's text as its readers see it."""

from __future__ import annotations

from markupsafe import Markup

from implementor.comments.mentions import handles_of, marked
from implementor.comments.talk import SaidComment
from implementor.web.markdown import render_markdown


def comment_html(comment: SaidComment) -> Markup:
    """The text as cleaned HTML, with the names of the people it tells set off."""
    people = comment.people
    return render_markdown(marked(comment.body, handles_of(people)) if people else comment.body)


def file_size(size: int) -> str:
    """A number of bytes in the unit people read it in."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / (1024 * 1024):.1f} MB"
