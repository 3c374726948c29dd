"""What comments add to the packages below: taking back, and the chore that clears away files nobody needs."""

from __future__ import annotations

from flask import Flask

from implementor.comments.forms import new_comment_form, new_upload_form
from implementor.comments.models import Attachment, Comment
from implementor.comments.reading import comment_html, file_size
from implementor.comments.sweeping import EVERY, sweep
from implementor.comments.timeline import comments_as_entries, files_as_entries
from implementor.history import timeline
from implementor.history.restoring import Restorer, undoable
from implementor.jobs.worker import chore


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    undoable["comment"] = Restorer(Comment)
    undoable["attachment"] = Restorer(Attachment)
    timeline.sources["comments"] = comments_as_entries
    timeline.sources["files"] = files_as_entries
    chore("comments.sweep_files", every=EVERY)(sweep)
    app.jinja_env.filters.update(file_size=file_size, comment_html=comment_html)
    app.jinja_env.globals.update(new_comment_form=new_comment_form, new_upload_form=new_upload_form)
