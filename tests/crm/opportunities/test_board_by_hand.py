"""Opportunities in a real browser: cards move by key and menu, refused ones go back, pages fit a phone."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from tests.crm.opportunities.sales import Sales, sales
from tests.machinery.chromium import Complaints, axe_findings
from tests.machinery.servers import LiveServer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.sqlite_only(reason="scripts know nothing of the database"),
]
PHONE = {"viewport": {"width": 390, "height": 844}}
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def open_page(here: Sales, make_context: Any, server: LiveServer, path: str, **options: Any) -> Any:
    """A page in a browser in which the seller is signed in."""
    context = make_context(base_url=server.url, **options)
    cookies = (here.browser().client._cookies or {}).values()
    context.add_cookies([{"name": one.key, "value": one.value, "url": server.url} for one in cookies])
    page = context.new_page()
    page.goto(path)
    return page


def names_in(here: Sales, page: Any, stage: str) -> list[str]:
    found = page.query_selector_all(f'[data-column="{here.stages[stage].id}"] .board-card-title')
    return [card.inner_text() for card in found]


def test_keys_move_a_card_to_the_next_stage_and_no_place_within_a_column(
    app: Flask, live_server: LiveServer, make_context: Any
) -> None:
    here = sales(app)
    sale = here.sale("First")
    here.sale("Second")
    page = open_page(here, make_context, live_server, "/crm/opportunities/board")
    page.focus(f"#card_{sale} .board-card-title")
    before = names_in(here, page, "qualification")
    page.keyboard.press("Alt+ArrowDown")
    assert names_in(here, page, "qualification") == before
    with page.expect_response("**/board/move") as moved:
        page.keyboard.press("Alt+ArrowRight")
    assert moved.value.status == 204
    assert names_in(here, page, "needs") == ["First"]
    assert here.stage_now(sale) == "needs"


def test_a_card_that_the_server_refuses_goes_back_and_the_reason_is_told(
    app: Flask, live_server: LiveServer, make_context: Any, complaints: Complaints
) -> None:
    here = sales(app)
    sale = here.sale("First")
    page = open_page(here, make_context, live_server, "/crm/opportunities/board")
    page.click(f"#card_{sale} [data-move-menu]")
    assert "Move up" not in page.inner_text(".menu-list.is-floating")
    page.click(".menu-list.is-floating button:has-text('Lost')")
    page.wait_for_selector(".toast:has-text('Reason for the loss')")
    assert names_in(here, page, "qualification") == ["First"]
    complaints.expect("409")


@pytest.mark.full  # the walk over every page looks at these in fewer states
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_opportunities_is_too_wide_for_a_phone_or_hard_to_read(
    app: Flask, live_server: LiveServer, make_context: Any, scheme: str
) -> None:
    here = sales(app)
    account = here.add("account", name="Industrias Metalúrgicas del Norte y Compañía")
    sale = here.sale(
        "Cubierta de la planta de Vigo, segunda fase", account=account, amount="1234567.89 EUR",
        close_on=date(2026, 4, 1), next_step="Llamar a compras", stage="proposal",
    )  # fmt: skip
    here.sale("Won", stage="won", amount="500 EUR")
    paths = ["", "/board", "/forecast?from=2026-03", "/funnel", f"/{sale}", f"/{sale}/move"]
    page = open_page(here, make_context, live_server, "/crm/opportunities", color_scheme=scheme, **PHONE)
    for path in paths:
        page.goto(f"/crm/opportunities{path}")
        assert not page.evaluate(TOO_WIDE), path
        assert axe_findings(page) == [], path
