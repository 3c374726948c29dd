"""What the rollouts of the demo world wait for from each other: one delivered, one in time, one promised too late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.demo.play import Play
from implementor.foundation.permissions import Actor
from implementor.projects.dependencies import add_dependency, deliver


@dataclass(frozen=True)
class Waiting:
    """What a project waits for from another; days are before today, negative ones to come."""

    what: str
    supplier: str
    receiver: str
    told: float
    needed: float
    promised: float | None = None
    delivered: float | None = None


WAITED = (
    Waiting("Cuentas y contactos sin duplicados", "VEN", "SER", 60, 20, 22, delivered=24),
    Waiting("Productos vendidos con fecha de garantía", "VEN", "SER", 45, -25, -40),
    Waiting("Pedidos entregados, para abrir la garantía", "VEN", "SER", 30, -50, -45),
)


def plan_waiting(play: Play) -> None:
    """Plan every dependency between the rollouts."""
    for one in WAITED:
        _plan(play, one)


def _plan(play: Play, what: Waiting) -> None:
    made: list[Any] = []

    def tell(session: Session, by: Actor, at: datetime) -> None:
        supplier, receiver = (play.places[key].project_id for key in (what.supplier, what.receiver))
        values = {
            "what": what.what, "supplier_id": supplier, "receiver_id": receiver, "needed_on": play.day(what.needed),
            "promised_on": None if what.promised is None else play.day(what.promised),
        }  # fmt: skip
        made.append(add_dependency(session, values, by=by, at=at))

    def arrive(session: Session, by: Actor, at: datetime) -> None:
        deliver(session, made[0], on=at.date(), by=by, at=at)

    play.plan(what.told, "pmo", tell)
    if what.delivered is not None:
        play.plan(what.delivered, "pmo", arrive)
