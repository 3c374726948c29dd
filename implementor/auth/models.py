"""Tables for people, the company's areas and teams, and everything signing in leaves behind.

Places are left for what comes later: second factors and passkeys as tables beside `User`, single sign-on as a table of
(issuer, subject) pairs; `UserSession.methods` and `authenticated_at` already say how and when somebody proved it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from implementor.foundation.model import Archivable, Model, Record, table_args
from implementor.foundation.text import folded

THEMES = ("system", "light", "dark")
DENSITIES = ("comfortable", "compact")
PURPOSES = ("invite", "reset", "first_admin")

UNRECORDED: dict[Any, Any] = {"history": False}
"""For columns whose changes are nobody's business or would put a secret into the history."""


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(value) for value in values)})", name=f"{column}_known")


class Named:
    """A row with a name and the folded key of it, by which lists are in order and names are compared."""

    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(info=UNRECORDED)

    @validates("name")
    def _follow_name(self, _attribute: str, name: str) -> str:
        """Keep the key beside the name, whoever sets it: a service, an import or an undo."""
        self.name_key = folded(name)
        return name


class User(Named, Record):
    """A person who may sign in; people are disabled, never deleted."""

    __tablename__ = "user"
    __record_kind__: ClassVar[str] = "user"
    __table_args__ = table_args(
        UniqueConstraint("email_key"),
        _one_of("theme", THEMES),
        _one_of("density", DENSITIES),
        Index("ix_user_name_key", "name_key", "id"),
    )

    email: Mapped[str]
    email_key: Mapped[str] = mapped_column(info=UNRECORDED)
    """The folded address: two people cannot differ in capitals only."""
    password_hash: Mapped[str | None] = mapped_column(info=UNRECORDED)
    password_changed_at: Mapped[datetime | None]
    language: Mapped[str] = mapped_column(default="en")
    time_zone: Mapped[str] = mapped_column(default="UTC")
    theme: Mapped[str] = mapped_column(default="system", info=UNRECORDED)
    density: Mapped[str] = mapped_column(default="comfortable", info=UNRECORDED)
    single_keys: Mapped[bool] = mapped_column(Boolean, default=True, info=UNRECORDED)
    disabled_at: Mapped[datetime | None]
    disabled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    @validates("email")
    def _follow_email(self, _attribute: str, email: str) -> str:
        self.email_key = folded(email)
        return email

    @property
    def is_disabled(self) -> bool:
        return self.disabled_at is not None


class InstallationRole(Model):
    """The fact that somebody held a role of the whole installation, from one moment to another or to now."""

    __tablename__ = "installation_role"
    __table_args__ = table_args(
        Index(
            "uq_installation_role_held",
            "user_id",
            "role",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
        _one_of("role", ("pmo", "admin", "crm_user", "crm_manager", "crm_admin")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    role: Mapped[str]
    granted_at: Mapped[datetime]
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    revoked_at: Mapped[datetime | None]
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class Area(Named, Archivable, Record):
    """A department of the company, in a tree."""

    __tablename__ = "area"
    __record_kind__: ClassVar[str] = "area"
    __table_args__ = table_args(
        Index(
            "uq_area_name",
            "name_key",
            unique=True,
            sqlite_where=text("archived_at IS NULL"),
            postgresql_where=text("archived_at IS NULL"),
        ),
    )

    parent_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), index=True)
    head_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)

    parent: Mapped[Area | None] = relationship(foreign_keys=[parent_id], remote_side="Area.id", lazy="raise_on_sql")
    head: Mapped[User | None] = relationship(foreign_keys=[head_id], lazy="raise_on_sql")


class Team(Named, Archivable, Record):
    """People who work together, of one area or of none, with the person who answers for them."""

    __tablename__ = "team"
    __record_kind__: ClassVar[str] = "team"
    __table_args__ = table_args(
        Index(
            "uq_team_name",
            "name_key",
            unique=True,
            sqlite_where=text("archived_at IS NULL"),
            postgresql_where=text("archived_at IS NULL"),
        ),
    )

    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), index=True)
    manager_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)

    area: Mapped[Area | None] = relationship(foreign_keys=[area_id], lazy="raise_on_sql")
    manager: Mapped[User | None] = relationship(foreign_keys=[manager_id], lazy="raise_on_sql")


class TeamMember(Model):
    """The fact that somebody was of a team, from one moment to another or to now."""

    __tablename__ = "team_member"
    __table_args__ = table_args(
        Index(
            "uq_team_member_present",
            "team_id",
            "user_id",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    joined_at: Mapped[datetime]
    joined_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    left_at: Mapped[datetime | None]
    left_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class UserSession(Model):
    """One browser in which somebody is signed in; the browser holds the token, this row its SHA-256."""

    __tablename__ = "user_session"
    __table_args__ = table_args(UniqueConstraint("token_hash"))

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    authenticated_at: Mapped[datetime]
    methods: Mapped[str] = mapped_column(default="password")
    is_remembered: Mapped[bool] = mapped_column(Boolean, default=False)
    user_agent: Mapped[str] = mapped_column(default="")
    address_block: Mapped[str] = mapped_column(default="")
    revoked_at: Mapped[datetime | None]


class AccountLink(Model):
    """A link that lets its holder set a password once; kept as SHA-256, so this table opens nothing."""

    __tablename__ = "account_link"
    __table_args__ = table_args(UniqueConstraint("token_hash"), _one_of("purpose", PURPOSES))

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    token_hash: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class Throttle(Model):
    """How many attempts one key (an account, a block of addresses, everybody) made in its present window."""

    __tablename__ = "throttle"
    __table_args__ = ()

    key: Mapped[str] = mapped_column(primary_key=True)
    window_started_at: Mapped[datetime] = mapped_column(index=True)
    count: Mapped[int] = mapped_column(Integer)
