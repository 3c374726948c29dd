"""A CRM of millions of records in minutes: rows made in processes of their own, their indexes built at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Index, Table, inspect, text
from sqlalchemy.orm import Session

from implementor.crm.accounts.models import Account
from implementor.crm.campaigns.models import Campaign, CampaignEvent, CampaignMember
from implementor.crm.cases.models import Case, CaseEvent
from implementor.crm.cases.numbering import next_numbers
from implementor.crm.contacts.models import Contact, ContactAccount, ContactEmail, ContactPhone
from implementor.crm.interactions.models import Interaction
from implementor.crm.opportunities.models import Opportunity, StageEvent
from implementor.crm.orders.numbering import numbers_of
from implementor.crm.quotes.models import Quote, QuoteCounter, QuoteFact, QuoteLine
from implementor.crm.quotes.services import MARK
from implementor.demo.bulk_crm_rows import Stamps
from implementor.demo.bulk_makers import made_by
from implementor.demo.bulk_making import SALES_OF_ONE_QUOTE, Register
from implementor.duplicates.models import MatchKey
from implementor.foundation.bulk import reserved_ids, write_prepared
from implementor.search.index import resume_index, suspend_index
from implementor.search.models import SearchDocument

BATCH = 5_000
FEW = 1_000
COMMITTED = 10
"""So many batches are kept at once."""
MANY = 100_000
"""From so many contacts on, indexes are built after the rows instead of with each, and other processes make rows."""
MODELS = (
    Account, Contact, ContactAccount, ContactEmail, ContactPhone, Opportunity, StageEvent, Quote, QuoteLine, QuoteFact,
    Interaction, Case, CaseEvent, Campaign, CampaignMember, CampaignEvent, MatchKey, SearchDocument,
)  # fmt: skip
TABLES: dict[str, Table] = {model.__tablename__: model.__table__ for model in MODELS}  # type: ignore[misc]


@dataclass(frozen=True)
class Amounts:
    """How many records of each kind. For every third opportunity there is a quote."""

    accounts: int
    contacts: int
    opportunities: int
    interactions: int
    cases: int
    campaigns: int = 1
    members: int = 0

    @staticmethod
    def around(contacts: int) -> Amounts:
        """What goes with so many contacts."""
        campaigns = max(1, contacts // 20_000)
        return Amounts(
            max(11, contacts // 5), contacts, contacts, contacts * 3, contacts // 2, campaigns, contacts // 5
        )  # fmt: skip


def nothing() -> None:
    """What is done between batches where nobody asks for more."""


def add_bulk_customers(
    session: Session, amounts: Amounts, stamps: Stamps, *, settle: Callable[[], None] = nothing
) -> None:
    """Customers with a year of sales, quotes, talks, cases and campaigns. The configuration must be live.

    Never commits; `settle` is called where everything so far may be kept, and where nobody reads the tables yet.
    """
    with _indexes_after(session, amounts.contacts >= MANY):
        work = list(_register(session, amounts, stamps).parts(BATCH))
        settle()
        with made_by(work) if amounts.contacts >= MANY else made_by(work, makers=0) as parts:
            for done, part in enumerate(parts, start=1):
                for ready in part:
                    write_prepared(session, TABLES[ready.table], ready)
                if done % COMMITTED == 0:
                    settle()
        settle()
    _count_rows(session)


def _count_rows(session: Session) -> None:
    """Tell the planner how many rows there are, without the samples of SQLite, for which it plans each limit anew.

    Tables that are small now are left unknown: counted so, they would be read from end to end when they have grown.
    """
    session.execute(text("ANALYZE"))
    if session.get_bind().dialect.name == "sqlite":
        if inspect(session.connection()).has_table("sqlite_stat4"):
            session.execute(text("DELETE FROM sqlite_stat4"))
        session.execute(text("DELETE FROM sqlite_stat1 WHERE CAST(stat AS INTEGER) < :few"), {"few": FEW})
        session.execute(text("ANALYZE sqlite_schema"))


def _register(session: Session, amounts: Amounts, stamps: Stamps) -> Register:
    quotes = -(-amounts.opportunities // SALES_OF_ONE_QUOTE)
    return Register(
        accounts=reserved_ids(session, Account.__tablename__, amounts.accounts),
        contacts=reserved_ids(session, Contact.__tablename__, amounts.contacts),
        opportunities=reserved_ids(session, Opportunity.__tablename__, amounts.opportunities),
        interactions=reserved_ids(session, Interaction.__tablename__, amounts.interactions),
        cases=reserved_ids(session, Case.__tablename__, amounts.cases),
        case_numbers=next_numbers(session, amounts.cases),
        quotes=reserved_ids(session, Quote.__tablename__, quotes),
        quote_numbers=numbers_of(session, QuoteCounter, MARK, quotes),
        campaigns=reserved_ids(session, Campaign.__tablename__, amounts.campaigns),
        members=reserved_ids(session, CampaignMember.__tablename__, amounts.members),
        stamps=stamps,
        dialect=session.connection().dialect,
    )


@contextmanager
def _indexes_after(session: Session, is_worth_it: bool) -> Iterator[None]:
    """Build the indexes of the tables when the block is done; unique ones stay, for they say what may be."""
    if not is_worth_it:
        yield
        return
    found: list[Index] = [index for table in TABLES.values() for index in table.indexes if not index.unique]
    for index in found:
        index.drop(session.connection())
    suspend_index(session.connection())
    yield
    for index in found:
        index.create(session.connection())
    resume_index(session.connection())
