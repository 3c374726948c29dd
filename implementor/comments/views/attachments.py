"""Putting files beside records, getting them back, and removing them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from flask import Response, redirect, request, send_file
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from implementor.comments import queries, services
from implementor.comments.forms import UploadForm
from implementor.comments.permissions import ADD, READ
from implementor.comments.storage import StoredFile
from implementor.comments.sweeping import file_store
from implementor.comments.views.comments import draw_index
from implementor.comments.views.routing import beside_records, subject_here, subject_of
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.words import say, say_n
from implementor.web import idempotency
from implementor.web.guard import actor, reads_first
from implementor.web.messages import tell_done
from implementor.web.unit_of_work import now, session, start_writing

MOST_AT_ONCE = 20
SANDBOX = "sandbox; default-src 'none'"


class FileIsMissing(Refusal):
    """The row is there, the bytes are not."""


@beside_records("/attachments/about/<kind>/<int:record_id>", ADD, "POST")
@reads_first
def attach(kind: str, record_id: int, **_place: str) -> ResponseReturnValue:
    """Attach files. They are written and checked first, so that slow disks hold no lock; the rows come last."""
    subject = subject_here(kind, record_id)
    form = UploadForm()
    try:
        with received(request.files.getlist("files")) as files:
            start_writing()
            again = idempotency.replay()
            if again is not None:
                raise AttachedBefore(again)
            services.attach_files(
                session(), about=subject.ref, project_id=subject.project_id, files=files, by=actor(), at=now()
            )
    except InvalidInput as refusal:
        form.refuse(refusal)
        return draw_index(subject, 422, upload_form=form)
    except AttachedBefore as before:
        return before.answer
    sentence = say_n(
        "%(count)s file is attached to %(title)s.",
        "%(count)s files are attached to %(title)s.",
        len(files),
        title=subject.title,
    )
    tell_done(sentence)
    return redirect(f"{subject.url}#attachments", 303)


class AttachedBefore(Exception):
    """The same form came a second time; the files of this one are not needed."""

    def __init__(self, answer: ResponseReturnValue) -> None:
        super().__init__()
        self.answer = answer


@contextmanager
def received(uploads: Iterable[FileStorage]) -> Iterator[list[StoredFile]]:
    """Uploads on disk; removed again when the block fails, so that nothing is kept that no row names."""
    store, stored = file_store(), list[StoredFile]()
    try:
        chosen = [upload for upload in uploads if upload.filename]
        if not chosen or len(chosen) > MOST_AT_ONCE:
            raise InvalidInput({"files": say("Choose from 1 to %(most)s files.", most=MOST_AT_ONCE)})
        for upload in chosen:
            stored.append(store.put(upload.filename or "", upload.stream))
        yield stored
    except BaseException:
        for file in stored:
            store.remove(file.key)
        raise


@beside_records("/attachments/<int:attachment_id>", READ, "GET")
def download(attachment_id: int, **_place: str) -> Response:
    """The file itself, for saving only: the browser may neither show nor run what people uploaded."""
    attachment = session().scalars(queries.attachment_in_use(attachment_id=attachment_id)).one_or_none()
    subject_of(attachment)
    assert attachment is not None
    path = file_store().path(attachment.storage_key)
    if not path.is_file():
        raise FileIsMissing(
            say("%(name)s is not in the store any more. Ask the administrator for the backup.", name=attachment.name)
        )
    response = send_file(
        path,
        mimetype=attachment.media_type,
        as_attachment=True,
        download_name=attachment.name,
        conditional=True,
        etag=attachment.sha256,
        max_age=0,
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@beside_records("/attachments/<int:attachment_id>/archive", ADD, "POST")
def archive_file(attachment_id: int, **_place: str) -> ResponseReturnValue:
    """Take a file away."""
    attachment = session().scalars(queries.attachment_in_use(attachment_id=attachment_id)).one_or_none()
    subject = subject_of(attachment)
    assert attachment is not None
    services.archive_attachment(session(), attachment, by=actor(), at=now())
    tell_done(say("%(name)s is removed.", name=attachment.name))
    return redirect(subject.url, 303)
