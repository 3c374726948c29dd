"""Finding quotes, their versions, lines and facts, and what happened to the quotes of other records."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, case, or_, select

from implementor.auth.models import User
from implementor.crm.accounts.models import Account
from implementor.crm.contacts.models import Contact
from implementor.crm.orders.models import Order
from implementor.crm.quotes.facts import DRAFT, EXPIRED, SENT
from implementor.crm.quotes.models import Quote, QuoteAcceptance, QuoteFact, QuoteLine
from implementor.crm.records.queries import record_of, records_in_use, within
from implementor.foundation.fields import Scope
from implementor.foundation.local_days import local_day
from implementor.foundation.lookup import begins_with
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef

POINTING = {
    "quote": Quote.id, "account": Quote.account_id, "contact": Quote.contact_id, "opportunity": Quote.opportunity_id,
    "order": Quote.order_id,
}  # fmt: skip
"""Kinds whose timelines tell of quotes, and the column that leads to them."""


def today() -> date:
    """The day it is where the reader is."""
    return local_day(datetime.now(UTC))


def _is_over() -> ColumnElement[bool]:
    return and_(Quote.state == SENT, Quote.valid_until < bindparam("quote_today", type_=Date(), callable_=today))


STANDING: Any = case((_is_over(), EXPIRED), else_=Quote.state)
"""What a quote stands at today: its state, or that it is expired."""


def stands_at(values: list[str], _scope: Scope) -> ColumnElement[bool]:
    """The filter for what quotes stand at today, by ranges that an index serves."""
    day, stored = today(), [one for one in values if one not in (SENT, EXPIRED)]
    ways: list[ColumnElement[bool]] = [Quote.state.in_(stored)] if stored else []
    if SENT in values:
        ways.append(and_(Quote.state == SENT, Quote.valid_until >= day))
    if EXPIRED in values:
        ways.append(and_(Quote.state == SENT, Quote.valid_until < day))
    return or_(*ways)


def number_begins(words: str) -> ColumnElement[bool]:
    """Quotes whose number begins with these words."""
    return begins_with(Quote.number_key, words)


def quote_to_change(quote_id: int, scope: Scope) -> Select[Quote]:
    """A quote in use that the actor sees."""
    found: Select[Quote] = records_in_use(Quote, scope)
    return found.where(Quote.id == quote_id)


def within_reach(quote_id: int, scope: Scope) -> Rows:
    """The id of a quote, if the actor may work with it."""
    return record_of(Quote, scope, quote_id, "edit").with_only_columns(Quote.id)


def locked(quote_id: int) -> Select[Quote]:
    """A quote that nobody else changes until the transaction ends, as it is stored now."""
    return select(Quote).where(Quote.id == quote_id).with_for_update().execution_options(populate_existing=True)


def bearers_of_number(number_key: str) -> Select[int]:
    """The ids of quotes in use with this folded number."""
    return select(Quote.id).where(Quote.number_key == number_key, Quote.archived_at.is_(None))


def quotes_of_ids(quote_ids: Collection[int]) -> Select[Quote]:
    """Quotes by id."""
    return select(Quote).where(Quote.id.in_(list(quote_ids)))


def versions_of(series: str, actor: Actor) -> Rows:
    """Rows (id, number, revision, standing, quoted_on, total, currency) of the versions of a quote, newest first."""
    return (
        select(
            Quote.id, Quote.number, Quote.revision, STANDING.label("standing"), Quote.quoted_on, Quote.total_amount,
            Quote.currency,
        )
        .where(Quote.series == series, Quote.archived_at.is_(None), within(Quote, actor))
        .order_by(Quote.revision.desc(), Quote.id.desc())
    )  # fmt: skip


def successor_of(quote_id: int) -> Select[Quote]:
    """The version in use that took over from a quote."""
    found = select(Quote).where(Quote.supersedes_id == quote_id, Quote.archived_at.is_(None))
    return found.order_by(Quote.id.desc()).limit(1)


def lines_of(quote_ids: Collection[int]) -> Select[QuoteLine]:
    """The lines of quotes, those put away too, in order."""
    found = select(QuoteLine).where(QuoteLine.quote_id.in_(list(quote_ids)))
    return found.order_by(QuoteLine.quote_id, QuoteLine.position, QuoteLine.id)


def lines_in_use(quote_id: int) -> Select[QuoteLine]:
    """The lines of one quote."""
    return lines_of([quote_id]).where(QuoteLine.archived_at.is_(None))


def line_is_open() -> ColumnElement[bool]:
    """Lines of quotes that are still written."""
    return QuoteLine.quote_id.in_(select(Quote.id).where(Quote.state == DRAFT))


def facts_of(quote_ids: Collection[int]) -> Select[QuoteFact]:
    """The facts of quotes, wrong ones that were taken back too."""
    return select(QuoteFact).where(QuoteFact.quote_id.in_(list(quote_ids))).order_by(QuoteFact.at, QuoteFact.id)


def known_facts(quote_id: int) -> Rows:
    """Rows (kind, at, note, who) of the facts of a quote that hold."""
    return (
        select(QuoteFact.kind, QuoteFact.at, QuoteFact.note, User.name.label("who"))
        .outerjoin(User, User.id == QuoteFact.created_by_id)
        .where(QuoteFact.quote_id == quote_id, QuoteFact.archived_at.is_(None))
        .order_by(QuoteFact.at, QuoteFact.id)
    )


def fact_of(quote_id: int, kind: str) -> Select[QuoteFact]:
    """One fact of a quote."""
    found = select(QuoteFact).where(QuoteFact.quote_id == quote_id, QuoteFact.kind == kind)
    return found.where(QuoteFact.archived_at.is_(None))


def acceptance_of(quote_id: int) -> Select[QuoteAcceptance]:
    """What the acceptance of a quote made, unless it was taken back."""
    found = select(QuoteAcceptance).where(QuoteAcceptance.quote_id == quote_id)
    return found.where(QuoteAcceptance.undone_at.is_(None))


def names_on_paper(quote_id: int, actor: Actor) -> Rows:
    """The row (account, contact, seller) of names, those of records that the actor does not see left out."""
    return (
        select(Account.name.label("account"), Contact.name.label("contact"), User.name.label("seller"))
        .select_from(Quote)
        .outerjoin(Account, and_(Account.id == Quote.account_id, within(Account, actor)))
        .outerjoin(Contact, and_(Contact.id == Quote.contact_id, within(Contact, actor)))
        .outerjoin(User, User.id == Quote.owner_id)
        .where(Quote.id == quote_id)
    )


def about_to_expire(actor: Actor, whose: ColumnElement[bool], first: date, last: date) -> Rows:
    """Rows (id, number, valid_until, total, currency, who, account) of sent quotes whose last day is between two."""
    found = records_in_use(Quote, Scope(None, actor)).where(
        Quote.state == SENT, Quote.valid_until >= first, Quote.valid_until <= last, whose
    )
    columns = (Quote.id, Quote.number, Quote.valid_until, Quote.total_amount, Quote.currency)
    return (
        found.with_only_columns(*columns, User.name.label("who"), Account.name.label("account"))
        .outerjoin(User, User.id == Quote.owner_id)
        .outerjoin(Account, and_(Account.id == Quote.account_id, within(Account, actor)))
        .order_by(Quote.valid_until, Quote.id)
    )


def order_of(quote_id: int, actor: Actor) -> Rows:
    """The row (id, number) of the order that a quote became, if the actor sees it."""
    found = select(Order.id, Order.number).join(Quote, Quote.order_id == Order.id)
    return found.where(Quote.id == quote_id, within(Order, actor))


def latest_facts(ref: RecordRef, actor: Actor, *, before: datetime | None, limit: int) -> Rows:
    """The latest facts of a record's quotes: (id, kind, at, note, who, quote_id, number, total, currency)."""
    found = (
        select(
            QuoteFact.id, QuoteFact.kind, QuoteFact.at, QuoteFact.note, User.name.label("who"),
            Quote.id.label("quote_id"), Quote.number, Quote.total_amount, Quote.currency,
        )
        .join(Quote, Quote.id == QuoteFact.quote_id)
        .outerjoin(User, User.id == QuoteFact.created_by_id)
        .where(POINTING[ref.kind] == ref.id, QuoteFact.archived_at.is_(None), within(Quote, actor))
        .order_by(QuoteFact.at.desc(), QuoteFact.id.desc())
        .limit(limit)
    )  # fmt: skip
    if ref.kind != "quote":
        found = found.where(Quote.archived_at.is_(None))
    return found if before is None else found.where(QuoteFact.at < before)
