"""Nothing of a CRM record that lies beyond somebody's reach shows at any address, nor the name of one it points at."""

from __future__ import annotations

import pytest

from tests.security.outsider import give, only_own, outsider, pages
from tests.security.walking import Walker
from tests.security.world import CRM, canary

pytestmark = pytest.mark.sqlite_only("the conditions are the same on both; their statements run on both elsewhere")
HERS, OTHERS = (
    ("opportunity", "case", "lead", "order", "interaction", "appointment", "commitment"),
    ("account", "contact"),
)
SAYS = {
    "account": "Account", "contact": "Contact", "opportunity": "Deal", "case": "Case", "interaction": "Called",
    "appointment": "Visit", "commitment": "Promised", "lead": "Lead", "order": "PO",
}  # fmt: skip
"""How the name of the example of a kind begins."""


def shown(who: Walker, texts: dict[str, str]) -> list[str]:
    """What of these texts shows somewhere."""
    return [f"{url} shows {name}" for url, page in pages(who) for name, text in texts.items() if text in page]


def test_who_reaches_nothing_sees_nothing(walker: Walker) -> None:
    only_own(walker.app)
    assert shown(outsider(walker), {"something": canary(CRM)}) == []


@pytest.mark.parametrize("hers", [HERS, OTHERS])
def test_what_one_reaches_names_nothing_that_one_does_not(hers: tuple[str, ...], walker: Walker) -> None:
    only_own(walker.app)
    who = outsider(walker)
    give(who, *hers)
    names = {kind: f"{word} {canary(CRM)}" for kind, word in SAYS.items()}
    assert shown(who, {kind: text for kind, text in names.items() if kind not in hers}) == []
    assert shown(who, {kind: names[kind] for kind in hers})
