"""Makes the rows of a very large CRM part by part; each follows from the ids alone, so any process can make it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from types import SimpleNamespace
from typing import Any

from sqlalchemy.engine import Dialect

from implementor.crm.accounts.models import Account
from implementor.crm.campaigns.models import Campaign, CampaignEvent, CampaignMember
from implementor.crm.cases.models import Case, CaseEvent
from implementor.crm.contacts.models import Contact, ContactAccount, ContactEmail, ContactPhone
from implementor.crm.interactions.models import Interaction
from implementor.crm.opportunities.loading import Loaded, rows_of_loaded
from implementor.crm.opportunities.models import Opportunity, StageEvent
from implementor.crm.quotes.models import Quote, QuoteFact, QuoteLine
from implementor.demo import bulk_crm_rows as made
from implementor.demo import bulk_offers as offers
from implementor.demo.bulk_crm_rows import Stamps, mixed, pick
from implementor.demo.bulk_people import CITIES, company_name
from implementor.duplicates.match_keys import keys_of
from implementor.duplicates.models import MatchKey
from implementor.duplicates.portraits import portrait_of
from implementor.foundation import live
from implementor.foundation.bulk import Prepared, prepared
from implementor.foundation.pipelines import Stage
from implementor.search.models import SearchDocument
from implementor.search.sources import row_of, source_of

SALES_OF_ONE_QUOTE = 3
PARTS = {"contact_account": ContactAccount, "contact_email": ContactEmail, "contact_phone": ContactPhone}
Rows = Iterable[dict[str, Any]]
Part = list[Prepared]


@dataclass(frozen=True)
class Register:
    """The ids that the records of each kind are to have, and the numbers of cases and quotes."""

    accounts: Sequence[int]
    contacts: Sequence[int]
    opportunities: Sequence[int]
    interactions: Sequence[int]
    cases: Sequence[int]
    case_numbers: Sequence[int]
    quotes: Sequence[int]
    quote_numbers: Sequence[str]
    campaigns: Sequence[int]
    members: Sequence[int]
    stamps: Stamps
    dialect: Dialect

    def parts(self, size: int) -> Iterator[Callable[[], Part]]:
        """What makes all rows, so many records at a time, those that others point at first."""
        for make, ids in (
            (self._accounts, self.accounts), (self._contacts, self.contacts), (self._sales, self.opportunities),
            (self._talks, self.interactions), (self._cases, self.cases), (self._campaigns, self.campaigns),
            (self._members, self.members),
        ):  # fmt: skip
            for start in range(0, len(ids), size):
                yield _bound(make, range(start, min(len(ids), start + size)))

    def _accounts(self, places: range) -> Part:
        rows = list(made.account_rows(self.accounts, places, self.stamps))
        told = ({
            "company": row["name"], "tax_id": row["tax_id"], "email": row["email"], "domain": row["website"],
        } for row in rows)  # fmt: skip
        return [self._ready(Account, rows), self._found("account", rows), self._keys("account", rows, told)]

    def _contacts(self, places: range) -> Part:
        rows = list(made.contact_rows(self.contacts[places.start : places.stop], self.accounts, self.stamps))
        told = ({
            "name": row["name"], "company": company_name(row["account_id"]), "email": row["email"],
            "phone": row["phone"],
        } for row in rows)  # fmt: skip
        parts = [made.part_rows(row) for row in rows]
        around = (self._ready(model, [part[name] for part in parts if name in part]) for name, model in PARTS.items())
        return [
            self._ready(Contact, rows), *around, self._found("contact", rows), self._keys("contact", rows, told),
        ]  # fmt: skip

    def _sales(self, places: range) -> Part:
        way = _Ways()
        numbered = [(self._sale(place, way), self.opportunities[place]) for place in places]
        rows, facts = rows_of_loaded(numbered, at=self.stamps.at, by_id=self.stamps.owners[0])
        offered = [place for place in places if place % SALES_OF_ONE_QUOTE == 0]
        named = ((self.quotes[one // SALES_OF_ONE_QUOTE], self.quote_numbers[one // SALES_OF_ONE_QUOTE])
                 for one in offered)  # fmt: skip
        quotes = list(offers.quote_rows(named, [rows[place - places.start] for place in offered]))
        documents = [{**made.blank(Opportunity), **row} for row in rows]
        return [
            self._ready(Opportunity, rows), self._ready(StageEvent, facts), self._found("opportunity", documents),
            self._ready(Quote, quotes), self._ready(QuoteLine, [offers.line_of(one) for one in quotes]),
            self._ready(QuoteFact, chain.from_iterable(map(offers.facts_of_quote, quotes))),
            self._found("quote", quotes),
        ]  # fmt: skip

    def _sale(self, number: int, ways: _Ways) -> Loaded:
        """A sale that went some way through the first pipeline; one in five is still open."""
        stamps = self.stamps
        begun, contact = stamps.ago(number, 50), pick(self.contacts, number, 51)
        steps = ways.of(number, begun)
        values = {
            "name": f"{pick(made.NAMES, number, 54)} {pick(CITIES, number, 55)} {number}", "contact_id": contact,
            "account_id": made.account_of(contact, self.accounts), "owner_id": pick(stamps.owners, number, 56),
            "close_on": (steps[-1][1] + timedelta(days=mixed(number, 53) % 120)).date(),
            "amount": 100_000 + mixed(number, 57) % 90_000_000, "currency": "EUR",
            "source": pick(("existing", "web", "call", "event"), number, 58),
            "loss_reason": "price" if not number % 2 and number % 5 else None,
            "next_step_on": stamps.at.date() + timedelta(days=mixed(number, 59) % 60 - 5) if number % 25 == 0 else None,
            "next_step": "Llamar" if number % 25 == 0 else None,
        }  # fmt: skip
        return Loaded(steps, values)

    def _talks(self, places: range) -> Part:
        ids = self.interactions[places.start : places.stop]
        return [self._ready(Interaction, made.interaction_rows(ids, self.contacts, self.accounts, self.stamps))]

    def _cases(self, places: range) -> Part:
        numbered = ((self.cases[place], self.case_numbers[place]) for place in places)
        rows = list(made.case_rows(numbered, self.contacts, self.accounts, self.stamps))
        facts = [made.case_fact(row, "new", row["opened_at"], None) for row in rows]
        facts += [made.case_fact(row, row["status"], row["status_since"], "new") for row in rows]
        return [self._ready(Case, rows), self._found("case", rows), self._ready(CaseEvent, facts)]

    def _campaigns(self, places: range) -> Part:
        rows = list(offers.campaign_rows(self.campaigns[places.start : places.stop], self.stamps))
        return [self._ready(Campaign, rows), self._found("campaign", rows)]

    def _members(self, places: range) -> Part:
        pairs = list(offers.member_rows(places, self.members, self.campaigns, self.contacts, self.stamps))
        happened = chain.from_iterable(facts for _member, facts in pairs)
        return [self._ready(CampaignMember, [member for member, _facts in pairs]), self._ready(CampaignEvent, happened)]

    def _ready(self, model: Any, rows: Rows) -> Prepared:
        return prepared(model.__table__, list(rows), self.dialect)

    def _found(self, kind: str, rows: Rows) -> Prepared:
        """What lets the search find these rows."""
        source = source_of(kind)
        assert source is not None  # every one of these kinds is searched
        blank = dict.fromkeys(one.name for one in source.own())  # fields of one's own, which no row here fills
        documents = (row_of(source, SimpleNamespace(**blank, **row), None, self.stamps.at) for row in rows)
        return self._ready(SearchDocument, (row for row in documents if row is not None))

    def _keys(self, kind: str, rows: Rows, told: Iterable[dict[str, Any]]) -> Prepared:
        """The keys that `duplicates.match_keys.refresh_keys` would write, without reading everything again."""
        return self._ready(MatchKey, (
            {"kind": kind, "role": role, "value": value, "record_id": row["id"]}
            for row, texts in zip(rows, told, strict=True)
            for role, value in keys_of(portrait_of(texts.items()))
        ))  # fmt: skip


class _Ways:
    """Ways through the first pipeline on offer."""

    def __init__(self) -> None:
        pipeline = live.present().offered_pipelines[0]
        self._opened = [stage for stage in pipeline.offered if stage.is_open]
        self._ends = {kind: pipeline.of_kind(kind)[0] for kind in ("won", "lost")}

    def of(self, number: int, begun: datetime) -> list[tuple[int, datetime]]:
        """The stages of a sale with its moments."""
        way: list[Stage] = self._opened[: 1 + mixed(number, 52) % len(self._opened)]
        if number % 5:
            way = [*way, self._ends["won" if number % 2 else "lost"]]
        return [(stage.id or 0, begun + timedelta(hours=30 * place)) for place, stage in enumerate(way)]


def _bound(make: Callable[[range], Part], places: range) -> Callable[[], Part]:
    return lambda: make(places)
