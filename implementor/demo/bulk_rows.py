"""Rows of a very large project, made quickly and always alike: stories as somebody's spreadsheet might hold them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from implementor.foundation.rank import ranks_after
from implementor.foundation.text import folded
from implementor.stories.models import PRIORITIES
from implementor.stories.scoring import weighted_score
from implementor.stories.statuses import order_of

VERBS = ("See", "Record", "Send", "Compare", "Approve", "Ver", "Registrar", "Enviar", "Comparar", "Aprobar")
THINGS = (
    "the open quotes", "the customer's last visits", "the orders on hold", "the campaign answers", "the price list",
    "las cotizaciones abiertas", "las visitas del cliente", "los pedidos retenidos", "los contratos por vencer",
    "la lista de precios", "las metas del trimestre", "el catálogo de equipos",
)  # fmt: skip
MANNERS = (
    "by zone",
    "by phone",
    "every Friday",
    "with one click",
    "por zona",
    "desde el móvil",
    "cada viernes",
    "sin papel",
)
PEOPLE = ("sales rep", "sales manager", "analyst", "asesora comercial", "jefa de ventas", "líder de datos")
REASONS = ("nobody has to ask twice", "the month closes in a day", "el cliente no espere", "el pronóstico sea cierto")
TYPES = ("function", "data", "integration", "report", "training", "process")
TAGS = ("móvil", "hoteles", "hospitales", "quick win", "feria", "2027", "phase two", "legal")
BUILDING = ("planned", "doing", "review", "validated")
POINTS = tuple(map(Decimal, ("1", "2", "3", "5", "8", "13")))
PARAGRAPH = (
    "Hoy se lleva en una hoja por zona y nadie ve la de los demás. "
    "Today this lives in one sheet per zone, filled in on Fridays from memory, and the report takes two days.\n\n"
    "- one\n- dos\n- three\n"
)


def story_rows(
    *,
    project_id: int,
    first: int,
    count: int,
    planned: int,
    building: int,
    owner_ids: Sequence[int],
    area_ids: Sequence[int],
    at: datetime,
) -> Iterator[dict[str, Any]]:
    """Stories numbered from `first`; the first `building` are being built, up to `planned` they are planned."""
    dice = random.Random(f"{project_id} {count}")  # nosec B311  # noqa: S311  # made-up stories, not secrets
    for place, rank in enumerate(ranks_after(None, count)):
        if place < building:
            status = BUILDING[place % len(BUILDING)]
        else:
            status = "planned" if place < planned else dice.choice(("idea", "idea", "ready"))
        moment = at - timedelta(minutes=count - place)
        yield {
            "project_id": project_id, "number": first + place, "rank": rank, "created_at": moment,
            "updated_at": moment, "created_by_id": owner_ids[0], "updated_by_id": owner_ids[0],
            "owner_id": dice.choice(owner_ids), "area_id": dice.choice(area_ids), **_told(dice, first + place),
            **_valued(dice), "status": status, "status_order": order_of(status),
        }  # fmt: skip


def _told(dice: random.Random, number: int) -> dict[str, Any]:
    what = f"{dice.choice(THINGS)} {dice.choice(MANNERS)}"
    title = f"{dice.choice(VERBS)} {what} ({number})"
    return {
        "title": title, "title_key": folded(title), "as_a": dice.choice(PEOPLE), "i_want": what,
        "so_that": dice.choice(REASONS), "description": PARAGRAPH, "type": dice.choice(TYPES), "module": None,
        "tags": dice.sample(TAGS, dice.randint(0, 2)),
    }  # fmt: skip


def _valued(dice: random.Random) -> dict[str, Any]:
    moscow, value, urgency = dice.choice(PRIORITIES), dice.randint(1, 100), dice.randint(1, 10)
    points = dice.choice(POINTS)
    return {
        "moscow": moscow, "moscow_order": PRIORITIES.index(moscow), "value": value, "urgency": urgency,
        "risk_reduction": 3, "points": points, "score": weighted_score(value, urgency, 3, points),
    }  # fmt: skip


def part_rows(model: str, story: dict[str, Any]) -> list[dict[str, Any]]:
    """Rows of one kind (criterion, task, comment) that belong to a story row with its `id`."""
    common = {name: story[name] for name in ("project_id", "created_at", "updated_at", "created_by_id")}
    owned = {**common, "story_id": story["id"]}
    if model == "criterion":
        return [{**owned, "text": f"It works for {who}.", "phase": "release"} for who in PEOPLE[:3]]
    if model == "task":
        return [
            {
                **owned,
                "title": title,
                "estimate_hours": Decimal(4),
                "remaining_hours": Decimal(2),
                "assignee_id": story["owner_id"],
            }
            for title in ("Sketch the page", "Probar con el área")
        ]
    return [
        {**common, "about_kind": "story", "about_id": story["id"], "body": f"Said **once**: {reason}."}
        for reason in REASONS[:2]
    ]
