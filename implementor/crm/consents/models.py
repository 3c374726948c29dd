"""Consents as they were said, each row for good, and the versions of the words that people were shown."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, UniqueConstraint, event, inspect
from sqlalchemy.orm import Mapped, mapped_column

from implementor.crm.consents.standing import STATUSES
from implementor.foundation.model import Model, table_args

CHANNELS = ("email", "phone", "chat", "post", "social", "visit")
BASES = ("consent", "contract", "legal_obligation", "vital_interest", "public_interest", "legitimate_interest")
CAPTURES = ("form", "email", "phone", "paper", "visit", "third_party", "import", "conversion", "other")
"""How a consent came to us."""
MAY_CHANGE = frozenset({"contact_id"})
"""What a merge of contacts repoints; everything else stands as it was said."""


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(value) for value in values)})", name=f"{column}_known")


class ConsentWording(Model):
    """One version of the words that people agree to, for a purpose in a language; another text is another version."""

    __tablename__ = "consent_wording"
    __record_kind__: ClassVar[str] = "consent_wording"
    __table_args__ = table_args(
        UniqueConstraint("purpose", "language", "number"), CheckConstraint("number > 0", name="counted")
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    language: Mapped[str]
    number: Mapped[int] = mapped_column(Integer)
    text: Mapped[str]
    written_at: Mapped[datetime]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class Consent(Model):
    """What a contact said about one purpose, for one channel or (none given) for all.

    `captured_at` is when they said it, `noted_at` when it came in here. `proof` is where the evidence is: an address,
    or the name of a paper.
    """

    __tablename__ = "consent"
    __record_kind__: ClassVar[str] = "consent"
    __table_args__ = table_args(
        _one_of("status", tuple(status for status in STATUSES)),
        _one_of("channel", CHANNELS),
        _one_of("basis", BASES),
        _one_of("capture", CAPTURES),
        Index("ix_consent_contact", "contact_id", "purpose", "captured_at", "id"),
        Index("ix_consent_wording", "wording_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    purpose: Mapped[str]
    channel: Mapped[str | None]
    status: Mapped[str]
    basis: Mapped[str | None]
    capture: Mapped[str]
    source: Mapped[str | None]
    proof: Mapped[str | None]
    wording_id: Mapped[int | None] = mapped_column(ForeignKey("consent_wording.id"))
    captured_at: Mapped[datetime]
    expires_on: Mapped[date | None]
    noted_at: Mapped[datetime]
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class WrittenForGood(Exception):
    """Something tried to change what a contact once said, or the words they were shown: a fault of the program."""


def _refuse_change(_mapper: Any, _connection: Any, row: Any) -> None:
    changed = {one.key for one in inspect(row).attrs if one.history.has_changes()}
    if changed - (MAY_CHANGE if isinstance(row, Consent) else frozenset()):
        raise WrittenForGood(f"{row.__tablename__} {row.id}: {', '.join(sorted(changed))}")


for _model in (Consent, ConsentWording):
    event.listen(_model, "before_update", _refuse_change)
