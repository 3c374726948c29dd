"""What people fill in to comment and to attach."""

from __future__ import annotations

from typing import Any

from flask import g, url_for
from flask_wtf.file import MultipleFileField
from wtforms import TextAreaField

from implementor.comments.file_types import TYPES
from implementor.foundation import words
from implementor.web.forms import Form

say: Any = words.say  # WTForms declares its texts as str, but only ever prints them


class CommentForm(Form):
    """A comment's text in Markdown; the service checks it."""

    body = TextAreaField(say("Comment"), id="comment_body")

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.body.render_kw = {"data-preview-url": url_for("comments.preview"), "rows": 4}
        if g.get("project"):  # only people of a project can be named
            offered = {"data-mention-url": url_for("comments.people_options"), "aria-autocomplete": "list"}
            self.body.render_kw |= offered


class UploadForm(Form):
    """Files to put beside a record."""

    accepted = {"multiple": True, "accept": ",".join(f".{ending}" for ending in TYPES)}
    files = MultipleFileField(say("Files"), id="attach_files", render_kw=accepted)


def new_comment_form() -> CommentForm:
    """An empty form for a record's page."""
    return CommentForm(formdata=None)


def new_upload_form() -> UploadForm:
    """An empty form for a record's page."""
    return UploadForm(formdata=None)
