"""What is sent to the pages of duplicates in the walks; see `cells`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from implementor.foundation.lookup import MARK, mark_of
from tests.security.world import CRM, WORD, canary

Sent = Callable[..., dict[str, Any]]
TWIN = f"Twins {canary(CRM)} {WORD} 0"


def _found(name: str, record_id: int) -> dict[str, str]:
    """What a field that finds records sends when one was chosen."""
    return {name: TWIN, name + MARK: mark_of(record_id, TWIN)}


ARGUMENTS: dict[str, Sent] = {
    "pair_id": lambda r, w: {"pair_id": w.ids["pair"]},
    "merge_id": lambda r, w: {"merge_id": w.ids["merge"]},
}
WEIGHTS = dict.fromkeys(("tax_id", "email", "phone", "company", "postcode", "street", "city", "domain"), "100")
EXCEPTIONS: dict[str, Sent] = {"duplicates.reopen": lambda r, w: {"pair_id": w.ids["apart"]}}
BODIES: dict[str, Sent] = {
    "duplicates.set_weights": lambda p, r, w: {"kind": "account", "possible": "60", "sure": "100", **WEIGHTS},
    "duplicates.search": lambda p, r, w: {"kind": "account"},
    "duplicates.compare": lambda p, r, w: {
        "kind": "account",
        **_found("one", w.ids["left"]),
        **_found("other", w.ids["right"]),
    },
    "duplicates.dismiss": lambda p, r, w: {"reason": "Written"},
    "duplicates.merge": lambda p, r, w: {"survivor": w.ids["left"]},
}  # fmt: skip
