"""Readers with a link and no account: how often they may try, and that no search engine keeps what they read."""

from __future__ import annotations

from datetime import timedelta

from flask import Response
from flask.typing import ResponseReturnValue

from implementor.auth import browser
from implementor.auth.events import SecurityEvent
from implementor.auth.throttling import Limit
from implementor.foundation.events import publish
from implementor.foundation.words import say_n
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


def quietly(answer: Response | ResponseReturnValue) -> ResponseReturnValue:
    """The answer, which no search engine keeps and which names itself to nobody."""
    if isinstance(answer, Response):
        answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        answer.headers["Cache-Control"] = "no-store"
    return answer


def come_later() -> ResponseReturnValue | None:
    """Count an attempt; the answer for who must wait, which programs are told, too."""
    wait = browser.take_attempt(_limits())
    if wait is None:
        return None
    said = say_n(
        "Too many attempts. Try again in %(count)s minute.",
        "Too many attempts. Try again in %(count)s minutes.",
        (wait + 59) // 60,
    )
    answer = draw("auth/shut_link.html", 429, reason=said)
    answer.headers["Retry-After"] = str(wait)
    publish(session(), SecurityEvent("throttle.reached", now()))
    return quietly(answer)


def _limits() -> list[Limit]:
    """A room full of readers behind one address may open it, somebody who guesses tokens gets nowhere."""
    five_minutes = timedelta(minutes=5)
    return [Limit(f"shared:address:{browser.block()}", 60, five_minutes), Limit("shared:everybody", 2000, five_minutes)]
