"""Who a lead may be already: records that are exactly alike in something, which are offered and never chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.leads import queries
from implementor.crm.records.kinds import crm_kinds
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say


@dataclass(frozen=True)
class Candidate:
    """A known record, what tells it from its namesakes, and in what it is exactly like the lead."""

    kind: str
    id: int
    title: str
    beside: str | None
    why: Phrase
    account_id: int | None = None

    @property
    def url(self) -> str:
        return crm_kinds[self.kind].url(self.id)


@dataclass(frozen=True)
class Candidates:
    """Everybody whom a lead may be."""

    accounts: Sequence[Candidate]
    contacts: Sequence[Candidate]
    leads: Sequence[Candidate] = ()

    @property
    def all(self) -> list[Candidate]:
        return [*self.contacts, *self.accounts, *self.leads]


def candidates_of(session: Session, lead_id: int, facts: Any, website: str | None, actor: Actor) -> Candidates:
    """Whom a lead may be, in three statements; `facts` are the lead's keys (`queries.pointers_of`)."""
    accounts = session.execute(queries.accounts_like(facts.company_key, website, actor))
    person = facts.name_key if facts.name_key != facts.company_key else None
    contacts = session.execute(queries.contacts_like(person, facts.email_key, facts.phone_key, actor))
    leads = session.execute(queries.leads_like(lead_id, facts.email_key, facts.phone_key, actor))
    same_name = say("Same name")
    return Candidates(
        [
            Candidate("account", row.id, row.name, row.city,
                      same_name if row.name_key == facts.company_key else say("Same website"))
            for row in accounts
        ],
        [
            Candidate("contact", row.id, row.name, row.account or row.email, _why(row), row.account_id)
            for row in contacts
        ],
        [Candidate("lead", row.id, row.name, row.company, say("Same mail address or telephone")) for row in leads],
    )  # fmt: skip


def _why(row: Any) -> Phrase:
    if row.by_email:
        return say("Same mail address")
    return say("Same telephone") if row.by_phone else say("Same name")
