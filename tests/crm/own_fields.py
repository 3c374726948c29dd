"""Fields of one's own as tests add them, and a field of every kind with two values."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from implementor.configuration.first_use import speeches
from implementor.configuration.services.custom_fields import add_field, field_of_key, restore_field, withdraw_field
from implementor.configuration.services.field_wishes import FieldWish, WordWish
from tests.crm.builders import START, Company

LOW_HIGH = (WordWish("Low", "Bajo"), WordWish("Middle", "Medio"), WordWish("High", "Alto", "risk"))
OF_EACH_KIND: dict[str, tuple[dict[str, Any], Any, Any]] = {
    "line": ({}, "Ábaco", "zinc"),
    "text": ({}, "One\nand two", "Another"),
    "whole": ({}, 7, 40),
    "decimal": ({}, Decimal("2.5"), Decimal("10.25")),
    "percent": ({}, Decimal("0.125"), Decimal("0.5")),
    "money": ({"currency": "EUR"}, 1250, 990_000),
    "date": ({}, date(2026, 3, 31), date(2026, 12, 1)),
    "moment": ({}, datetime(2026, 3, 31, 9, 30, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)),
    "choice": ({"words": LOW_HIGH}, "high", "low"),
    "choices": ({"words": LOW_HIGH}, ["middle", "high"], ["low"]),
    "yes_no": ({}, False, True),
    "url": ({}, "https://a.example", "https://b.example"),
}
"""Kind of field -> what more it needs, a value and a greater one."""


def add_own_field(here: Company, kind: str, field_kind: str, label: str = "Rating", **more: Any) -> str:
    """A field of one's own of a kind of record, called `label` in English; its key."""
    wish = FieldWish(field_kind, label, f"{label} (es)", **more)
    with here.working("crm_admin") as session:
        row = add_field(session, kind, wish, speeches=speeches(), by=here.by("crm_admin"), at=START)
        return row.key


def one_of_each(here: Company, kind: str = "account") -> dict[str, str]:
    """A field of every kind; kind of field -> key."""
    return {
        one: add_own_field(here, kind, one, f"Own {one}", **more) for one, (more, _one, _other) in OF_EACH_KIND.items()
    }


def withdraw(here: Company, key: str) -> None:
    """Withdraw a field."""
    with here.working("crm_admin") as session:
        row = field_of_key(session, key)
        assert row is not None
        withdraw_field(session, row, by=here.by("crm_admin"), at=START)


def restore(here: Company, key: str) -> None:
    """Restore a withdrawn field."""
    with here.working("crm_admin") as session:
        row = field_of_key(session, key)
        assert row is not None
        restore_field(session, row, speeches=speeches(), by=here.by("crm_admin"), at=START)


def held(here: Company, model: Any, record_id: int, key: str) -> Any:
    """What a record holds in a field."""
    with here.working("crm_admin") as session:
        return getattr(session.get_one(model, record_id), key)
