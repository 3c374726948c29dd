"""Rows the glue itself keeps: what a request that came before with the same key had answered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Model


class IdempotencyKey(Model):
    """The first answer to a key, stored with its effect so that sending twice does it once."""

    __tablename__ = "idempotency_key"
    __table_args__ = ()

    key: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(BigInteger)
    request_hash: Mapped[str]
    status: Mapped[int | None]
    location: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(index=True)
