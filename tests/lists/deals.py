"""A kind of record that only tests know: every kind of field, made known for one test and forgotten after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, ClassVar

from flask import Flask
from sqlalchemy import BigInteger, ForeignKey, Integer, MetaData, select
from sqlalchemy.orm import DeclarativeBase, Mapped, aliased, mapped_column

from implementor.auth.models import User
from implementor.foundation.fields import Entity, Field, Kind, Scope, entities
from implementor.foundation.lookup import Lookup, begins_with, lookups
from implementor.foundation.model import BigId, RankKey, Scaled, UtcMoment
from implementor.foundation.permissions import SIGNED_IN, Actor, Role
from implementor.foundation.text import folded
from implementor.foundation.values import checked
from implementor.foundation.words import say
from implementor.history.restoring import Restorer, undoable
from implementor.lists.sheets import Sheet, sheets
from implementor.web.database import db
from tests.auth.builders import Person, add_person, reading, working
from tests.machinery.pages import Browser
from tests.projects.builders import browser_of

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Base(DeclarativeBase):
    """Tables beside those of the application, which its migrations never hear of."""

    metadata = MetaData()
    type_annotation_map = {int: BigId, datetime: UtcMoment}


class Deal(Base):
    """A sale, with one field of each kind."""

    __tablename__ = "deal_of_tests"
    __record_kind__: ClassVar[str] = "deal"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(Integer, default=1)
    created_at: Mapped[datetime] = mapped_column(default=START)
    archived_at: Mapped[datetime | None]
    archived_by_id: Mapped[int | None]
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(RankKey, info={"history": False}, index=True)
    amount: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str | None]
    chance_ratio: Mapped[Decimal | None] = mapped_column(Scaled(4))
    email: Mapped[str | None]
    phone: Mapped[str | None]
    website: Mapped[str | None]
    due_at: Mapped[datetime | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey(User.__table__.c.id))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("deal_of_tests.id"))
    __mapper_args__ = {"version_id_col": version}


PARENT, OWNER = aliased(Deal, name="deal_parent"), aliased(User, name="deal_owner")


def fields() -> Sequence[Field]:
    """The catalogue of a deal."""
    every: dict[str, Any] = {"filterable": True, "sortable": True, "bulk": True}
    return (
        Field(
            "name", Kind.LINE, say("Name"), Deal.name, required=True, sortable=True, sort_column=Deal.name_key,
            nullable=False,
        ),
        Field("amount", Kind.MONEY, say("Amount"), Deal.amount, currency=Deal.currency, **every),
        Field("chance", Kind.PERCENT, say("Chance"), Deal.chance_ratio, **every),
        Field("email", Kind.EMAIL, say("E-mail"), Deal.email, **every),
        Field("phone", Kind.PHONE, say("Telephone"), Deal.phone, **every),
        Field("website", Kind.URL, say("Website"), Deal.website, **every),
        Field("due_at", Kind.MOMENT, say("Due"), Deal.due_at, **every),
        Field(
            "owner", Kind.REFERENCE, say("Owner"), Deal.owner_id, target="user", is_person=True, shown=OWNER.name,
            join=lambda rows: rows.outerjoin(OWNER, OWNER.id == Deal.owner_id), sort_column=OWNER.name_key, **every,
        ),
        Field(
            "parent", Kind.REFERENCE, say("Belongs to"), Deal.parent_id, target="deal", shown=PARENT.name,
            join=lambda rows: rows.outerjoin(PARENT, PARENT.id == Deal.parent_id), filterable=True, bulk=True,
        ),
    )  # fmt: skip


def deal_entity() -> Entity:
    """The entity, not yet known to anybody."""
    made = Entity(
        "deal",
        say("Deal"),
        say("Deals"),
        Deal,
        ("name", "amount", "chance", "owner", "parent"),
        "name",
        "name",
        Deal.id,
    )
    return made.declare(fields())


def create(session: Any, _scope: Scope, values: dict[str, Any], _by: Actor, _at: datetime) -> Deal:
    """A deal of these values."""
    deal = Deal()
    change(session, deal, values, _by, _at)
    session.add(deal)
    return deal


def change(_session: Any, deal: Deal, values: dict[str, Any], _by: Actor, _at: datetime) -> None:
    """Give a deal other values."""
    for name, value in checked(entities["deal"], values).items():
        setattr(deal, entities["deal"].fields[name].attribute, value)
    deal.name_key = folded(deal.name)


def deal_sheet(entity: Entity) -> Sheet:
    """The pages of deals; names with "secret" are the leads' alone."""
    return Sheet(
        entity, _seen, lambda scope, deal_id: _all_seen(scope.actor).where(Deal.id == deal_id),
        lambda row: f"/account?deal={row.id}", lambda: "/account", SIGNED_IN, SIGNED_IN, change, create,
    )  # fmt: skip


def _all_seen(actor: Actor) -> Any:
    rows = select(Deal)
    return rows if Role.PMO in actor.roles else rows.where(~Deal.name.contains("secret"))


def _seen(scope: Scope) -> Any:
    return _all_seen(scope.actor).where(Deal.archived_at.is_(None))


def deal_lookup() -> Lookup:
    """Deals by the beginning of their names, told apart by their mail addresses."""

    def search(text: str, actor: Actor) -> Any:
        rows = _seen(Scope(None, actor)).where(begins_with(Deal.name_key, text))
        return rows.with_only_columns(Deal.id, Deal.name, Deal.email).order_by(Deal.name_key, Deal.id)

    def titles(ids: Sequence[int], actor: Actor) -> Any:
        return _all_seen(actor).with_only_columns(Deal.id, Deal.name).where(Deal.id.in_(ids))

    return Lookup("deal", search, titles, lambda deal_id: f"/account?deal={deal_id}")


@dataclass
class Sales:
    """Deals and the person who works with them."""

    app: Flask
    person: Person

    @property
    def scope(self) -> Scope:
        """Everything as the person sees it."""
        return Scope(None, self.person.actor)

    def add(self, name: str = "Steel", **values: Any) -> int:
        """A deal made of typed values; returns its id."""
        with working(self.app, self.person.actor) as session:
            deal = create(session, self.scope, {"name": name, **values}, self.person.actor, START)
            session.flush()
            return deal.id

    def change(self, deal_id: int, **values: Any) -> None:
        """Somebody changes a deal."""
        with working(self.app, self.person.actor) as session:
            change(session, session.get_one(Deal, deal_id), values, self.person.actor, START)

    def force(self, deal_id: int, name: str, value: str) -> None:
        """Store a text past every check."""
        with working(self.app, self.person.actor) as session:
            setattr(session.get_one(Deal, deal_id), name, value)

    def stored(self, deal_id: int) -> Deal:
        """The deal as it is stored."""
        with reading(self.app) as session:
            return session.get_one(Deal, deal_id)

    def browser(self) -> Browser:
        """The person's browser."""
        return browser_of(self.app, self.person)


@contextmanager
def known(app: Flask) -> Iterator[Sales]:
    """Make deals known, and forget them afterwards."""
    with app.app_context():
        Base.metadata.create_all(db.engine)
    entity = deal_entity()
    entities["deal"], sheets["deal"], lookups["deal"] = entity, deal_sheet(entity), deal_lookup()
    undoable["deal"] = Restorer(Deal)
    try:
        yield Sales(app, add_person(app, "Sara Vega"))
    finally:
        for registry in (entities, sheets, lookups, undoable):
            registry.pop("deal")
