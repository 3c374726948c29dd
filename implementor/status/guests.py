"""Readers with a link and no account: the door of what is shared, which opens one frozen thing and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Generic, TypeVar

from flask import Response, redirect, url_for
from flask import session as browser_session
from flask.typing import ResponseReturnValue

from implementor.auth import browser
from implementor.auth.events import SecurityEvent
from implementor.auth.throttling import Limit
from implementor.foundation.errors import NotFound
from implementor.foundation.events import publish
from implementor.foundation.words import say_n
from implementor.web.render import draw
from implementor.web.unit_of_work import enter_in_ledger, now, session

Link = TypeVar("Link")
Thing = TypeVar("Thing")
LONGEST_TOKEN = 200


@dataclass(frozen=True)
class Door(Generic[Link, Thing]):
    """How one kind of thing is read by a link: reports, and packs of many of them.

    `held` names the place in the browser that keeps the token, so that it stays in no history, log or Referer header;
    `page` is the view that shows what it opens. `find` gives link and thing of a token, None for one that is unknown,
    expired or revoked; `opened` what is written down of an opening, the format of a file or None for the page.
    """

    held: str
    page: str
    find: Callable[[str], tuple[Link, Thing] | None]
    opened: Callable[[Link, str | None], Callable[[Any], None]]
    show: Callable[[Link, Thing], Response]
    file: Callable[[Thing, str], Response]

    def take_token(self, token: str) -> ResponseReturnValue:
        """Take the token out of the address."""
        browser_session[self.held] = token[:LONGEST_TOKEN]
        return quietly(redirect(url_for(self.page), 303))

    def open(self) -> ResponseReturnValue:
        """The thing, as it was frozen; one answer for every token that opens nothing."""
        later = come_later()
        if later is not None:
            return later
        found = self._found()
        if found is None:
            return quietly(draw("status/dead_link.html", 404, reason=None))
        enter_in_ledger(self.opened(found[0], None))
        return quietly(self.show(*found))

    def take_file(self, format: str) -> ResponseReturnValue:
        """One of its files. Raises NotFound."""
        found = self._found() if come_later() is None else None
        if found is None:
            raise NotFound("pack_file")
        answer = self.file(found[1], format)
        enter_in_ledger(self.opened(found[0], format))
        return quietly(answer)

    def _found(self) -> tuple[Link, Thing] | None:
        return self.find(browser_session.get(self.held, ""))


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
    answer = draw("status/dead_link.html", 429, reason=said)
    answer.headers["Retry-After"] = str(wait)
    publish(session(), SecurityEvent("throttle.reached", now()))
    return quietly(answer)


def _limits() -> list[Limit]:
    """A room full of readers behind one address may open it, somebody who guesses tokens gets nowhere."""
    five_minutes = timedelta(minutes=5)
    return [Limit(f"shared:address:{browser.block()}", 60, five_minutes), Limit("shared:everybody", 2000, five_minutes)]
