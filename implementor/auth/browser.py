"""What auth keeps in this browser's signed cookie, and what it reads of the request around it."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import current_app, request
from flask import session as browser_session

from implementor.auth import sessions, throttling
from implementor.auth.addresses import address_block
from implementor.auth.current import TOKEN
from implementor.auth.models import User
from implementor.web.database import writing_session
from implementor.web.language import settings
from implementor.web.unit_of_work import now, session

KEPT = ("language", "theme", "density", "device", "known")
MOST_KNOWN = 5


def block() -> str:
    """The block of addresses that this request comes from."""
    return address_block(request.remote_addr)


def known_device(email: str) -> str | None:
    """This browser's own id, if that person has signed in with it before."""
    device: str | None = browser_session.get("device")
    return device if throttling.anonymous(email) in browser_session.get("known", ()) else None


def take_attempt(limits: list[throttling.Limit]) -> int | None:
    """Count an attempt before any secret is looked at; the seconds to wait where there were too many."""
    session().rollback()  # a reader of our own would keep the counter from being written
    with writing_session(current_app) as ledger:
        wait = throttling.take_attempt(ledger, limits, at=now())
        ledger.commit()
    return wait


def enter(user: User, *, remembered: bool) -> None:
    """Sign somebody in within this request's transaction, under a new token in an emptied cookie."""
    agent = request.headers.get("User-Agent", "")
    token = sessions.open_session(
        session(), user, at=now(), remembered=remembered, user_agent=agent, block=block()
    )  # fmt: skip
    _empty()
    browser_session[TOKEN] = token
    browser_session.permanent = remembered
    browser_session.setdefault("device", sessions.new_token())
    mine = throttling.anonymous(user.email)
    others = [one for one in browser_session.get("known", []) if one != mine]
    browser_session["known"] = [mine, *others][:MOST_KNOWN]


def leave() -> None:
    """Forget the sign-in; the look, the language and that this device is known stay."""
    _empty()


def _empty() -> None:
    kept = {name: browser_session[name] for name in KEPT if name in browser_session}
    browser_session.clear()
    browser_session.update(kept)


def back() -> str:
    """The page this request came from, by the form's `next` or the Referer; the home page where it is none of ours."""
    source = urlsplit(request.referrer or "")
    referrer = source._replace(scheme="", netloc="").geturl() if source.netloc == request.host else ""
    return next(filter(_is_page_of_ours, (request.form.get("next", ""), referrer)), "/")


def _is_page_of_ours(address: str) -> bool:
    """Whether this is the path of a page here: nothing that a browser could read as another host, nothing POST only."""
    if not address.startswith("/") or address.startswith(("//", "/\\")) or not address.isprintable():
        return False
    return current_app.url_map.bind(request.host).test(urlsplit(address).path, "GET")


def base_address() -> str:
    """Where links for people begin: the address that is set, else the one this request came to."""
    return settings().base_url or request.host_url.rstrip("/")


def can_mail_links() -> bool:
    """Whether a stranger's request may cause a link to be mailed.

    Without a set address the link would begin with whatever host name the request claims, so that a stranger could have
    somebody else's link mailed under a name of their own. On this machine itself nothing can be claimed.
    """
    if settings().base_url:
        return True
    host = urlsplit(request.host_url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
