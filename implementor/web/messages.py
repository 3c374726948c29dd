"""Telling people what has happened: one plain sentence after the service returned, with a way back if there is one."""

from __future__ import annotations

import json
from urllib.parse import quote

import flask
from flask import Response, g, url_for

from implementor.foundation.words import Phrase
from implementor.web.unit_of_work import session

MOST = 5
"""Sentences that wait for a page, the latest: a script may change much and see none, and browsers drop long cookies."""


def tell(sentence: Phrase, category: str = "success", *, undo: int | None = None) -> None:
    """Show the sentence on the next page; `undo` is the history action that can be taken back."""
    flask.flash(json.dumps({"text": str(sentence), "undo": undo}), category)
    flask.session["_flashes"] = flask.session["_flashes"][-MOST:]


def tell_done(sentence: Phrase) -> None:
    """Show the sentence with the way to undo what this request has recorded."""
    session().flush()  # the action gets its number with the first recorded change
    tell(sentence, undo=present_action())


def told() -> list[dict[str, object]]:
    """The sentences to show now: category, text, and the address that undoes or None."""
    shown = []
    flashed: list[tuple[str, str]] = flask.get_flashed_messages(with_categories=True)  # type: ignore[assignment]
    for category, packed in flashed:
        message = json.loads(packed)
        undo = message["undo"] and url_for("history.undo", action_id=message["undo"])
        shown.append({"category": category, "text": message["text"], "undo_url": undo})
    return shown


def done_quietly(sentence: Phrase) -> Response:
    """204 for a script that has drawn the change already; the sentence and its undo travel in a header."""
    session().flush()  # as in `tell_done`
    undo = present_action()
    undo_url = undo and url_for("history.undo", action_id=undo)
    packed = json.dumps({"text": str(sentence), "undo_url": undo_url})
    return Response(status=204, headers={"X-Implementor-Told": quote(packed)})


def present_action() -> int | None:
    """The history action of this request, once something was recorded."""
    recorded: int | None = g.get("history_action_id")
    return recorded
