"""Accounts: adding people, giving and taking roles of the installation, disabling, passwords and preferences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from implementor.auth import passwords, queries, sessions
from implementor.auth.events import SecurityEvent
from implementor.auth.models import DENSITIES, THEMES, AccountLink, InstallationRole, User
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.events import publish
from implementor.foundation.permissions import INSTALLATION_ROLES, Actor, Role
from implementor.foundation.text import clean_line, folded
from implementor.foundation.timezones import time_zones
from implementor.foundation.words import Phrase, say

LONGEST_NAME = 120
LONGEST_EMAIL = 254
USABLE_EMAIL = re.compile(r"[^\s@<>(),:;\"\[\]\\]{1,64}@[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)*")
"""An address as people have them, on the internet or inside a company; nothing that breaks a mail header."""


class LastAdministrator(Refusal):
    """Nobody would be left who can give roles."""

    def __init__(self) -> None:
        super().__init__(say("This is the only administrator. Make somebody else an administrator first."))


def add_user(
    session: Session, *, name: str, email: str, by: Actor, at: datetime, roles: Iterable[Role] = (),
    language: str = "en", time_zone: str = "UTC", password: str | None = None,
) -> User:  # fmt: skip
    """Make a person known; without a password they need a link (see `services.links`) before they can sign in."""
    name, email = _checked_identity(session, name, email, user_id=None)
    user = User(name=name, email=email, language=language, time_zone=_checked_zone(time_zone))
    if password is not None:
        user.password_hash, user.password_changed_at = checked_password(user, password), at
    session.add(user)
    session.flush()
    for role in roles:
        grant_role(session, user, role=role, by=by, at=at)
    publish(session, SecurityEvent("user.added", at, user.id, by.user_id))
    return user


def rename_user(session: Session, user: User, *, name: str, email: str, by: Actor, at: datetime) -> None:
    """Change name and address; whoever signs in from now on uses the new address."""
    name, email = _checked_identity(session, name, email, user_id=user.id)
    if email != user.email:
        withdraw_links(session, user, at=at)
        publish(session, SecurityEvent("user.email_changed", at, user.id, by.user_id))
    user.name, user.email = name, email


def _checked_identity(session: Session, name: str, email: str, user_id: int | None) -> tuple[str, str]:
    name, email = clean_line(name), clean_line(email)
    errors: dict[str, Phrase] = {}
    if not name:
        errors["name"] = say("Write the person's name.")
    elif len(name) > LONGEST_NAME:
        errors["name"] = say("A name may have %(longest)s characters.", longest=LONGEST_NAME)
    if len(email) > LONGEST_EMAIL or not USABLE_EMAIL.fullmatch(email):
        errors["email"] = say("Write an e-mail address, such as ana@example.com.")
    else:
        other = session.scalars(queries.person_by_email(email)).first()
        if other is not None and other.id != user_id:
            errors["email"] = say("This address belongs to %(name)s already.", name=other.name)
    if errors:
        raise InvalidInput(errors)
    return name, email


def _checked_zone(time_zone: str) -> str:
    if time_zone not in time_zones():
        raise InvalidInput({"time_zone": say("Choose a time zone from the list.")})
    return time_zone


# --- roles of the installation ---------------------------------------------------------------------------------------


def grant_role(session: Session, user: User, *, role: Role, by: Actor, at: datetime) -> None:
    """Give a role of the installation; holding it already changes nothing."""
    if role not in INSTALLATION_ROLES:
        raise InvalidInput({"roles": say("Choose a role from the list.")})
    if session.scalars(queries.role_held(user.id, role)).first() is None:
        session.add(InstallationRole(user_id=user.id, role=role.value, granted_at=at, granted_by_id=by.user_id))
        session.flush()
        publish(session, SecurityEvent(f"role.granted.{role}", at, user.id, by.user_id))


def revoke_role(session: Session, user: User, *, role: Role, by: Actor, at: datetime) -> None:
    """Take a role of the installation; the last administrator keeps theirs."""
    held = session.scalars(queries.role_held(user.id, role)).first()
    if held is None:
        return
    if role is Role.ADMIN:
        _keep_an_administrator(session, user)
    held.revoked_at, held.revoked_by_id = at, by.user_id
    session.flush()
    publish(session, SecurityEvent(f"role.revoked.{role}", at, user.id, by.user_id))


def set_roles(session: Session, user: User, *, roles: Iterable[Role], by: Actor, at: datetime) -> None:
    """Let somebody hold exactly these roles of the installation."""
    wanted = set(roles)
    held = {Role(role) for _, role in session.execute(queries.roles_of([user.id]))}
    for role in sorted(wanted - held):
        grant_role(session, user, role=role, by=by, at=at)
    for role in sorted(held - wanted):
        revoke_role(session, user, role=role, by=by, at=at)


def _keep_an_administrator(session: Session, user: User) -> None:
    """Refuse when `user` is the only one; the rows are locked, so two cannot remove each other at once."""
    others = queries.active_administrators().with_for_update()
    if set(session.scalars(others)) <= {user.id}:
        raise LastAdministrator


# --- disabling -------------------------------------------------------------------------------------------------------


def disable_user(session: Session, user: User, *, by: Actor, at: datetime) -> None:
    """Keep somebody out from now on: their sessions end at once and their links stop working."""
    if user.id == by.user_id:
        raise Refusal(say("You cannot disable your own account. Ask another administrator."))
    if user.is_disabled:
        return
    if session.scalars(queries.role_held(user.id, Role.ADMIN)).first() is not None:
        _keep_an_administrator(session, user)
    user.disabled_at, user.disabled_by_id = at, by.user_id
    sessions.end_all(session, user.id, at=at)
    withdraw_links(session, user, at=at)
    publish(session, SecurityEvent("user.disabled", at, user.id, by.user_id))


def enable_user(session: Session, user: User, *, by: Actor, at: datetime) -> None:
    """Let somebody sign in again, with the roles they had."""
    if user.is_disabled:
        user.disabled_at = user.disabled_by_id = None
        publish(session, SecurityEvent("user.enabled", at, user.id, by.user_id))


def withdraw_links(session: Session, user: User, *, at: datetime) -> None:
    """Make every open link of a person useless."""
    session.execute(
        update(AccountLink)
        .where(AccountLink.user_id == user.id, AccountLink.used_at.is_(None), AccountLink.withdrawn_at.is_(None))
        .values(withdrawn_at=at)
        .execution_options(synchronize_session=False)
    )


# --- passwords and preferences ---------------------------------------------------------------------------------------


def checked_password(user: User, password: str, field: str = "password") -> str:
    """The text to keep for a new password of this person; takes some 30 ms, so call it before the write begins."""
    reason = passwords.weakness(password, (user.name, user.email))
    if reason is not None:
        raise InvalidInput({field: reason})
    return passwords.hashed(password)


def set_password(
    session: Session, user: User, *, kept: str, by: Actor, at: datetime, but_session: int | None = None
) -> None:
    """Store a password that `checked_password` made; every other session of the person ends, and open links too."""
    user.password_hash, user.password_changed_at = kept, at
    sessions.end_all(session, user.id, at=at, but=but_session)
    withdraw_links(session, user, at=at)
    publish(session, SecurityEvent("password.changed", at, user.id, by.user_id))


def save_preferences(session: Session, user: User, *, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Keep how somebody likes the application: any of name, language, time_zone, theme, density, single_keys."""
    known = {"theme": THEMES, "density": DENSITIES}
    for field, offered in known.items():
        if field in values and values[field] not in offered:
            raise InvalidInput({field: say("Choose one of the values on offer.")})
    if "time_zone" in values:
        _checked_zone(values["time_zone"])
    if "name" in values:
        user.name = _checked_identity(session, values["name"], user.email, user.id)[0]
    for field in ("language", "time_zone", "theme", "density", "single_keys"):
        if field in values:
            setattr(user, field, values[field])


def is_empty(session: Session) -> bool:
    """Whether nobody has an account yet."""
    return session.scalar(select(User.id).limit(1)) is None


def find_active(session: Session, email: str) -> User | None:
    """The person with this address, if they may sign in."""
    user = session.scalars(queries.person_by_email(email)).first() if folded(email.strip()) else None
    return None if user is None or user.is_disabled else user
