"""Readers with a link and no account: the door of what is shared, which opens one frozen thing and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import Response, redirect, url_for
from flask import session as browser_session
from flask.typing import ResponseReturnValue

from implementor.auth.guests import come_later, quietly
from implementor.foundation.errors import NotFound
from implementor.web.render import draw
from implementor.web.unit_of_work import enter_in_ledger

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
            return quietly(draw("auth/shut_link.html", 404, reason=None))
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
