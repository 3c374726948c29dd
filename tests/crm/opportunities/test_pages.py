"""The pages of opportunities: record with its way, moving by form and by script, the board and its bounds."""

from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

from flask import Flask

from implementor.crm.opportunities.board import ON_A_COLUMN
from implementor.crm.opportunities.loading import Loaded, insert_opportunities
from tests.crm.opportunities.sales import Sales, sales
from tests.machinery.pages import Browser, Page
from tests.machinery.statements import counting

SCRIPT = {"Accept": "application/json"}
BOARD = "/crm/opportunities/board"


def cards(page: Page, here: Sales, stage: str) -> list[str]:
    return page.texts(f'[data-column="{here.stages[stage].id}"] .board-card-title')


def drag(browser: Browser, here: Sales, sale: int, stage: str, expect: int = 204, **sent: object) -> Page:
    """Move a card as the script does."""
    data = {"csrf_token": browser.token(), "card": sale, "status": here.stages[stage].id, **sent}
    return browser.open("POST", f"{BOARD}/move", expect, None, SCRIPT, data=data)


def load(here: Sales, count: int, stage: str = "proposal") -> None:
    """Many opportunities of the seller at once."""
    stage_id = here.stages[stage].id
    assert stage_id is not None
    at = datetime.now(UTC) - timedelta(days=1)
    values = {"owner_id": here.people["seller"].id, "amount": 100_00, "currency": "EUR"}
    loaded = [Loaded([(stage_id, at)], {"name": f"Sale {number}", **values}) for number in range(count)]
    with here.working() as session:
        insert_opportunities(session, loaded, at=at, by_id=None)


def test_the_page_shows_the_way_and_moves_along_it(app: Flask) -> None:
    here = sales(app)
    sale = here.sale(amount="1200 EUR")
    browser = here.browser()
    page = browser.get(f"/crm/opportunities/{sale}")
    assert page.texts(".step-name")[:2] == ["Qualification", "Analysis of needs"]
    page = page.form("Proposal").submit()
    assert page.find(".step[aria-current] .step-name").text_content() == "Proposal"
    assert here.stage_now(sale) == "proposal"


def test_losing_by_form_asks_for_the_reason_and_keeps_what_was_typed(app: Flask) -> None:
    here = sales(app)
    sale = here.sale()
    form = here.browser().get(f"/crm/opportunities/{sale}").follow("Lost").form("Move")
    refused = form.submit(loss_note="Too dear", status=422)
    assert "Reason for the loss is needed in Lost." in refused.text
    done = refused.form("Move").submit(loss_reason="price")
    assert "Lost" in done.text
    stored = here.now(sale)
    assert (stored.status, stored.loss_reason, stored.loss_note) == ("lost", "price", "Too dear")


def test_a_manager_opens_a_closed_one_again_from_its_page(app: Flask) -> None:
    here = sales(app)
    sale = here.sale()
    here.move(sale, "won")
    assert "Open again" not in here.browser().get(f"/crm/opportunities/{sale}").text
    page = here.browser("manager").get(f"/crm/opportunities/{sale}").follow("Open again")
    page = page.form("Open again").submit(reason="They want more")
    assert here.now(sale).is_open
    here.browser().get(f"/crm/opportunities/{sale}/reopen", status=403)


def test_the_board_shows_each_stage_with_count_sum_and_cards_and_a_script_moves_them(app: Flask) -> None:
    here = sales(app)
    here.rate("USD", "0.5")
    first = here.sale("First", amount="1000 EUR", stage="proposal")
    here.sale("Second", amount="500 USD", stage="proposal")
    browser = here.browser()
    page = browser.get(BOARD)
    assert set(cards(page, here, "proposal")) == {"First", "Second"}
    head = page.texts(f'[data-column="{here.stages["proposal"].id}"] header')[0]
    assert "2" in head
    assert "€1,250.00" in head
    answer = drag(browser, here, first, "negotiation", version=here.now(first).version)
    assert answer.response.headers["X-Implementor-Version"] == str(here.now(first).version)
    assert "First is in Negotiation." in unquote(answer.response.headers["X-Implementor-Told"])
    assert cards(browser.get(BOARD), here, "negotiation") == ["First"]


def test_a_script_is_told_why_a_card_stays(app: Flask) -> None:
    here = sales(app)
    sale = here.sale()
    browser = here.browser()
    browser.get(BOARD)
    assert "Reason for the loss" in drag(browser, here, sale, "lost", 409).response.get_json()["detail"]
    version = here.now(sale).version
    here.move(sale, "needs")
    assert "meanwhile" in drag(browser, here, sale, "proposal", 409, version=version).response.get_json()["detail"]
    for who, status in (("stranger", 403), ("elsewhere", 404)):
        other = here.browser(who)
        other.get("/account")
        drag(other, here, sale, "proposal", status)


def test_a_column_shows_a_bounded_number_of_cards_for_the_same_number_of_statements(app: Flask) -> None:
    here = sales(app)
    load(here, 1)
    browser = here.browser()
    browser.get(BOARD)
    with counting() as one:
        browser.get(BOARD)
    load(here, ON_A_COLUMN + 9)
    with counting() as many:
        page = browser.get(BOARD)
    assert len(cards(page, here, "proposal")) == ON_A_COLUMN
    assert len(one) == len(many), many.beyond(one)
    assert len(cards(page.follow("10 more"), here, "proposal")) == ON_A_COLUMN + 10


def test_the_board_answers_a_poll_with_nothing_while_nothing_changes(app: Flask) -> None:
    here = sales(app)
    sale = here.sale()
    browser = here.browser()
    poll = browser.get(BOARD).find("[data-poll]").get("data-poll")
    assert poll is not None
    browser.get(poll, status=204)
    here.move(sale, "needs", at=datetime.now(UTC))
    assert cards(browser.get(poll), here, "needs") == ["Roof of the plant"]


def test_what_stands_too_long_in_its_stage_is_late_on_page_board_and_list(app: Flask) -> None:
    here = sales(app)
    now = datetime.now(UTC)
    late = here.sale("Late one", at=now - timedelta(days=15))
    here.sale("Fresh one", at=now)
    browser = here.browser()
    assert "Late: at most 14 days here" in browser.get(f"/crm/opportunities/{late}").text
    assert "Late here" in browser.get(BOARD).find(f"#card_{late}").text_content()
    listed = browser.get("/crm/opportunities?late=yes").text
    assert "Late one" in listed
    assert "Fresh one" not in listed
    assert "Late one" not in browser.get("/crm/opportunities?late=no").text
