"""Settings that are rows of their own: made, brought back, changed and put away by their services."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.configuration.services.checking import Identity
from implementor.foundation.permissions import Actor
from implementor.releases.item_kinds import Image
from implementor.releases.kinds.setting import Setting


@dataclass(frozen=True)
class RowServices:
    """The model of a setting and what can happen to its rows; `add` takes the kind of record, a wish, an identity."""

    model: Any
    add: Callable[..., Any]
    change: Callable[..., Any]
    withdraw: Callable[..., Any]
    restore: Callable[..., Any]


class OfRow(Setting):
    """A setting that is a row; known by its `uid`."""

    row: ClassVar[RowServices]

    @abstractmethod
    def wish(self, session: Session, image: Image) -> Any:
        """What the services are asked for, of an image."""

    def become(self, session: Session, uid: str, image: Image | None, *, by: Actor, at: datetime) -> None:
        row = row_of(session, self.row.model, uid)
        if image is None:
            if row is not None:
                self.row.withdraw(session, row, by=by, at=at)
            return
        wish = self.wish(session, image)
        if row is None:
            self.row.add(session, image["kind"], wish, by=by, at=at, identity=Identity(uid))
            return
        if row.is_archived:
            self.row.restore(session, row, by=by, at=at)
        self.row.change(session, row, wish, by=by, at=at)


def row_of(session: Session, model: Any, uid: str) -> Any:
    """The row of that identity, put away or not."""
    return session.scalars(select(model).where(model.uid == uid)).one_or_none()
