"""Rows of very many quotes and members of campaigns, made quickly and always alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from implementor.crm.campaigns.models import Campaign, CampaignEvent, CampaignMember
from implementor.crm.orders.pricing import amounts_of
from implementor.crm.quotes.facts import ACCEPTED, DRAFT, REFUSED, SENT
from implementor.crm.quotes.models import Quote, QuoteFact, QuoteLine
from implementor.demo.bulk_crm_rows import NAMES, Stamps, blank, pick
from implementor.foundation.text import folded

VALID_FOR = timedelta(days=75)
TAX = Decimal("0.19")
OFFERED = ("Horno combinado", "Freidora industrial", "Lavavajillas de capota", "Cámara de frío", "Mesa de trabajo")
HAPPENED: Sequence[tuple[str, ...]] = (
    ("sent",), ("sent", "opened"), ("sent", "opened", "responded"), ("sent", "opened", "accepted"), ("sent", "bounced"),
    (), ("sent", "declined"),
)  # fmt: skip
"""What happened with members, in its order; all of it within a few days."""


def quote_rows(numbered: Iterable[tuple[int, str]], sales: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A quote (id, number) for each of these rows of opportunities, which tell how it ended."""
    empty = blank(Quote)
    for (id_, number), sale in zip(numbered, sales, strict=True):
        at: datetime = sale["began_at"] + timedelta(hours=26)
        amounts = amounts_of(quantity=Decimal(1), unit_price=sale["amount"], discount=Decimal(0), tax=TAX)
        state = {"won": ACCEPTED, "lost": REFUSED}.get(sale["status"], SENT if id_ % 3 else DRAFT)
        answered = max(sale["closed_at"] or at, at + timedelta(hours=1))
        yield {
            **empty, **{name: sale[name] for name in ("owner_id", "account_id", "contact_id", "currency")}, "id": id_,
            "created_at": at, "updated_at": at, "created_by_id": sale["owner_id"], "updated_by_id": sale["owner_id"],
            "version": 1, "number": number, "number_key": folded(number), "series": number, "revision": 1,
            "opportunity_id": sale["id"], "quoted_on": at.date(), "valid_until": at.date() + VALID_FOR,
            "net_amount": amounts.net, "tax_amount": amounts.tax, "total_amount": amounts.net + amounts.tax,
            "state": state, "sent_at": None if state == DRAFT else at,
            "accepted_at": answered if state == ACCEPTED else None,
            "refused_at": answered if state == REFUSED else None,
        }  # fmt: skip


def line_of(quote: dict[str, Any]) -> dict[str, Any]:
    """The one line of a quote."""
    price: int = quote["net_amount"]
    return {
        **blank(QuoteLine), **_stamps_of(quote, quote["created_at"]), "quote_id": quote["id"],
        "name": pick(OFFERED, quote["id"], 61), "quantity": Decimal(1), "unit_price_amount": price,
        "currency": quote["currency"], "discount_ratio": Decimal(0), "tax_ratio": TAX, "net_amount": price,
        "tax_amount": quote["tax_amount"], "total_amount": quote["total_amount"], "position": 0,
    }  # fmt: skip


def facts_of_quote(quote: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """When it was sent, and how it was answered."""
    for kind in (SENT, ACCEPTED, REFUSED):
        at = quote[f"{kind}_at"]
        if at is not None:
            yield {**blank(QuoteFact), **_stamps_of(quote, at), "quote_id": quote["id"], "kind": kind, "at": at}


def campaign_rows(ids: Sequence[int], stamps: Stamps) -> Iterator[dict[str, Any]]:
    """Mailings over the year."""
    for number in ids:
        name, common = f"{pick(NAMES, number, 71)} {number}", stamps.of(number, 70)
        starts = common["created_at"].date()
        yield {
            **blank(Campaign), **common, "id": number, "name": name, "name_key": folded(name), "code": f"MAIL-{number}",
            "code_key": folded(f"MAIL-{number}"), "type": "mailing", "status": "finished", "starts_on": starts,
            "ends_on": starts + timedelta(days=30), "area_id": pick(stamps.areas, number, 72),
        }  # fmt: skip


def member_rows(
    places: range, ids: Sequence[int], campaigns: Sequence[int], contacts: Sequence[int], stamps: Stamps
) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """The members at some places of all, no contact twice, each with what happened."""
    empty, nothing = blank(CampaignMember), blank(CampaignEvent)
    for place in places:
        joined = stamps.ago(place, 80)
        common = {"created_at": joined, "updated_at": joined, "created_by_id": stamps.owners[0],
                  "updated_by_id": stamps.owners[0], "version": 1}  # fmt: skip
        kinds = pick(HAPPENED, place, 81)
        moments = [joined + timedelta(hours=1 + 20 * number) for number in range(len(kinds))]
        answers = [at for kind, at in zip(kinds, moments, strict=True) if kind in ("responded", "accepted", "declined")]
        yield {
            **empty, **common, "id": ids[place], "campaign_id": campaigns[place % len(campaigns)],
            "contact_id": contacts[place], "channel": "email", "joined_at": joined,
            "status": kinds[-1] if kinds else "listed", "status_at": moments[-1] if kinds else joined,
            "responded_at": answers[0] if answers else None, "tries": int("sent" in kinds), "tries_told": 0,
        }, [
            {**nothing, **common, "member_id": ids[place], "kind": kind, "at": at, "channel": "email",
             "is_sourced": False}
            for kind, at in zip(kinds, moments, strict=True)
        ]  # fmt: skip


def _stamps_of(quote: dict[str, Any], at: datetime) -> dict[str, Any]:
    by_id = quote["created_by_id"]
    return {"created_at": at, "updated_at": at, "created_by_id": by_id, "updated_by_id": by_id, "version": 1}
