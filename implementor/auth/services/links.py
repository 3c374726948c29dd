"""Links that let somebody in once: invitations, new passwords, and the first administrator of an empty installation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, delete, update
from sqlalchemy.orm import Session

from implementor.auth import queries
from implementor.auth.events import AccountLinkIssued, SecurityEvent
from implementor.auth.models import AccountLink, User
from implementor.auth.services import people
from implementor.auth.sessions import hash_of, new_token
from implementor.foundation.errors import Refusal
from implementor.foundation.events import publish
from implementor.foundation.permissions import NOBODY, Actor, Role
from implementor.foundation.words import say

LIFETIMES = {"invite": timedelta(hours=72), "reset": timedelta(hours=1), "first_admin": timedelta(hours=72)}


class DeadLink(Refusal):
    """The link was used, is too old, was replaced, or never was."""

    def __init__(self) -> None:
        super().__init__(say("This link no longer works. Ask for a new one."))


@dataclass(frozen=True)
class IssuedLink:
    """The one moment in which the whole link is known."""

    url: str
    purpose: str
    expires_at: datetime


def issue_link(session: Session, user: User, *, base: str, by: Actor, at: datetime) -> IssuedLink:
    """A link with which this person chooses a password; earlier ones stop working.

    `base` is the address of the installation, such as https://crm.example.com. Who has never had a password is invited
    (72 h), the others reset (1 h). Whoever listens to `AccountLinkIssued` sends it.
    """
    if user.is_disabled:
        raise Refusal(say("%(name)s is disabled. Enable the account first.", name=user.name))
    purpose = "invite" if user.password_hash is None else "reset"
    people.withdraw_links(session, user, at=at)
    link = _write_link(session, purpose, user.id, base=base, by=by, at=at)
    publish(
        session,
        AccountLinkIssued(user.id, user.email, user.name, purpose, link.url, user.language, link.expires_at),
    )
    publish(session, SecurityEvent(f"link.issued.{purpose}", at, user.id, by.user_id))
    return link


def pretend_to_issue(session: Session, *, at: datetime) -> None:
    """Write as much as `issue_link` does, where nobody has the address: the time to answer must not tell.

    The row belongs to nobody and opens nothing; the next pretence drops it once it is old.
    """
    nobodys = delete(AccountLink).where(AccountLink.purpose == "reset", AccountLink.user_id.is_(None))
    session.execute(nobodys.where(AccountLink.expires_at < at).execution_options(synchronize_session=False))
    _write_link(session, "reset", None, base="", by=NOBODY, at=at)


def first_administrator_link(session: Session, at: datetime, base: str = "") -> str | None:
    """A link for the first administrator while nobody has an account, else None; earlier ones stop working.

    Without `base` the link begins at its path. The caller commits.
    """
    if not people.is_empty(session):
        return None
    earlier = update(AccountLink).where(AccountLink.purpose == "first_admin", AccountLink.withdrawn_at.is_(None))
    session.execute(earlier.values(withdrawn_at=at).execution_options(synchronize_session=False))
    return _write_link(session, "first_admin", None, base=base, by=NOBODY, at=at).url


def _write_link(
    session: Session, purpose: str, user_id: int | None, *, base: str, by: Actor, at: datetime
) -> IssuedLink:
    token = new_token()
    expires_at = at + LIFETIMES[purpose]
    session.add(
        AccountLink(
            purpose=purpose, token_hash=hash_of(token), user_id=user_id, created_at=at, created_by_id=by.user_id,
            expires_at=expires_at,
        )
    )  # fmt: skip
    session.flush()
    return IssuedLink(f"{base}/link/{token}", purpose, expires_at)


def open_link(session: Session, token: str, *, at: datetime) -> tuple[AccountLink, User | None]:
    """The link of a token and whose it is (nobody's for the first administrator). Raises DeadLink."""
    link = session.scalars(queries.link_by_hash(hash_of(token))).first()
    if link is None or link.used_at or link.withdrawn_at or not link.created_at <= at < link.expires_at:
        raise DeadLink
    if link.user_id is None:
        if link.purpose != "first_admin" or not people.is_empty(session):
            raise DeadLink
        return link, None
    user = session.scalars(queries.person_by_id(link.user_id)).one()
    if user.is_disabled:
        raise DeadLink
    return link, user


def use_link(session: Session, token: str, *, kept: str, by: Actor, at: datetime) -> User:
    """Set the password (made by `people.checked_password`) of the person whose link this is; it works once."""
    link, user = open_link(session, token, at=at)
    if user is None:
        raise DeadLink
    _spend(session, link, at)
    people.set_password(session, user, kept=kept, by=by, at=at)
    publish(session, SecurityEvent(f"link.used.{link.purpose}", at, user.id, user.id))
    return user


def use_first_link(
    session: Session, token: str, *, name: str, email: str, password: str, also_pmo: bool, language: str,
    time_zone: str, at: datetime,
) -> User:  # fmt: skip
    """Add the first administrator of an installation where nobody has an account yet."""
    link, user = open_link(session, token, at=at)
    if user is not None:
        raise DeadLink
    _spend(session, link, at)
    roles = (Role.ADMIN, Role.PMO) if also_pmo else (Role.ADMIN,)
    return people.add_user(
        session, name=name, email=email, by=NOBODY, at=at, roles=roles, language=language, time_zone=time_zone,
        password=password,
    )  # fmt: skip


def _spend(session: Session, link: AccountLink, at: datetime) -> None:
    """Mark the link used, unless somebody was faster by a moment."""
    spent: CursorResult[Any] = session.execute(  # type: ignore[assignment]  # updates answer with a cursor
        update(AccountLink)
        .where(AccountLink.id == link.id, AccountLink.used_at.is_(None), AccountLink.withdrawn_at.is_(None))
        .values(used_at=at)
        .execution_options(synchronize_session=False)
    )
    if spent.rowcount != 1:
        raise DeadLink
