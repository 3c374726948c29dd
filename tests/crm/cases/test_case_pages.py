"""The pages of cases: the way, taking, answering, handing over without retelling, who sees what, and the lists."""

from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import select

from implementor.auth.models import Area
from implementor.crm.cases import queries
from implementor.crm.cases.handovers import hand_overs, median_wait
from implementor.crm.cases.services import hand_over_case
from implementor.crm.interactions.models import Interaction
from implementor.crm.interactions.services.interactions import log_interaction
from implementor.foundation.assigning import least_busy
from implementor.foundation.records import RecordRef
from tests.auth.builders import reading
from tests.crm.cases.desk import MONDAY, Desk, desk
from tests.machinery.statements import counting


def page_of(case_id: int, place: str = "") -> str:
    return f"/crm/cases/{case_id}{place}"


def hand_over(here: Desk, case_id: int, area: str, at: datetime, owner: str | None = None) -> None:
    """Give a case to an area as its page does."""
    to = here.people[owner].id if owner else None
    with here.working(at=at) as session:
        case = session.scalars(queries.case_in_use(case_id, here.scope())).one()
        values = {"area": here.areas[area], "owner": to, "note": f"Go on, {area}"}
        hand_over_case(session, case, **values, version=None, by=here.by(), at=at)  # type: ignore[arg-type]


def test_numbers_are_given_once_and_in_order(app: Flask) -> None:
    here = desk(app)
    codes = [here.case(here.open()).code for _ in range(3)]
    assert codes == ["C-1001", "C-1002", "C-1003"]


def test_a_case_goes_its_way_on_its_page(app: Flask) -> None:
    here = desk(app)
    case_id = here.open(owner=None)
    browser = here.browser()
    page = browser.get(page_of(case_id))
    assert "C-1001" in page.html
    page = page.form(f"{page_of(case_id)}/take").submit()
    assert here.case(case_id).owner_id == here.people["seller"].id
    browser.get(page_of(case_id)).form(f"{page_of(case_id)}/answered").submit()
    assert (here.case(case_id).status, here.case(case_id).first_response_at is None) == ("in_progress", False)


def test_resolving_asks_how_and_opening_again_asks_why(app: Flask) -> None:
    here = desk(app)
    case_id = here.open()
    browser = here.browser()
    form = browser.get(f"{page_of(case_id)}/move?status=resolved").form(f"{page_of(case_id)}/move")
    page = form.submit(status=422)
    assert "Write how it was resolved." in page.html
    assert here.case(case_id).status == "new"
    page.form(f"{page_of(case_id)}/move").fill(resolution="New seal").submit()
    assert here.case(case_id).status == "resolved"
    form = browser.get(f"{page_of(case_id)}/move?status=in_progress").form(f"{page_of(case_id)}/move")
    page = form.submit(status=422)
    assert "Say why it is opened again." in page.html
    page.form(f"{page_of(case_id)}/move").fill(note="It leaks again").submit()
    assert here.case(case_id).status == "in_progress"
    assert "It leaks again" in browser.get(f"{page_of(case_id)}/history").html


def test_a_move_of_what_somebody_else_changed_meanwhile_is_refused(app: Flask) -> None:
    here = desk(app)
    case_id = here.open()
    form = here.browser().get(f"{page_of(case_id)}/move?status=in_progress").form(f"{page_of(case_id)}/move")
    here.change("case", case_id, who="mate", status="waiting_others")
    assert "was changed meanwhile" in form.submit(status=409).html
    assert here.case(case_id).status == "waiting_others"


def test_a_hand_over_carries_its_note_and_what_is_to_follow(app: Flask) -> None:
    here = desk(app)
    case_id = here.open(area=here.areas["Orders"], at=datetime.now(UTC))
    with here.working() as session:
        values = {"channel": "phone", "direction": "out", "subject": "Asked", "follow_up_on": MONDAY.date()}
        about = RecordRef("case", case_id)
        dealing = log_interaction(session, values, by=here.by(), at=datetime.now(UTC), about=about)
        session.flush()
        dealing_id = dealing.id
    browser = here.browser()
    page = browser.get(f"{page_of(case_id)}/hand-over")
    assert "Asked" in page.html
    form = page.form(f"{page_of(case_id)}/hand-over")
    assert "Write what they must know" in form.fill(area=str(here.areas["Service"])).submit(status=422).html
    sent = {"area": str(here.areas["Service"]), "owner": str(here.people["mate"].id), "note": "Pump 7, twice"}
    browser.get(f"{page_of(case_id)}/hand-over").form(f"{page_of(case_id)}/hand-over").fill(sent).submit()
    case = here.case(case_id)
    assert (case.area_id, case.owner_id) == (here.areas["Service"], here.people["mate"].id)
    assert here.stored(Interaction, dealing_id).follow_up_owner_id == here.people["mate"].id
    told = here.browser("mate").get(f"{page_of(case_id)}/history").html
    assert "handed over from Orders to Service" in told
    assert "Pump 7, twice" in told


def test_who_gives_a_case_out_of_their_reach_comes_back_to_the_list(app: Flask) -> None:
    here = desk(app)
    case_id = here.open(area=here.areas["Orders"])
    form = here.browser().get(f"{page_of(case_id)}/hand-over").form(f"{page_of(case_id)}/hand-over")
    sent = {"area": str(here.areas["Service"]), "owner": str(here.people["elsewhere"].id), "note": "Yours now"}
    page = form.fill(sent).submit()
    assert page.heading == "Cases"
    assert here.titles("case", "seller") == set()
    assert here.titles("case", "elsewhere") == {"No water"}


def test_the_time_between_areas_is_measured_until_somebody_touches_the_case(app: Flask) -> None:
    here = desk(app)
    case_id = here.open(area=here.areas["Orders"])
    hand_over(here, case_id, "Service", MONDAY + timedelta(hours=1))
    here.change("case", case_id, at=MONDAY + timedelta(hours=3), status="in_progress")
    hand_over(here, case_id, "Marketing", MONDAY + timedelta(hours=5), owner="mate")
    with reading(app) as session:
        facts = queries.hand_over_facts(first=MONDAY, end=MONDAY + timedelta(days=1))
        found = hand_overs(session.execute(facts))
    assert [(one.from_area, one.to_area, one.waited) for one in found] == [
        ("Orders", "Service", timedelta(hours=2)), ("Service", "Marketing", None),
    ]  # fmt: skip
    assert median_wait(found, from_area="Orders", to_area="Service") == timedelta(hours=2)
    assert median_wait(found, from_area="Service", to_area="Marketing") is None


def test_the_least_busy_person_is_who_has_nothing_and_closed_cases_do_not_count(app: Flask) -> None:
    here = desk(app)
    seller, mate, manager = (here.people[who].id for who in ("seller", "mate", "manager"))
    here.open(owner=mate)
    here.open(owner=seller, status="resolved", resolution="Done")
    with reading(app) as session:
        counts = {row[0]: row[1] for row in session.execute(queries.open_count_of([mate, seller, manager]))}
    assert least_busy([mate, seller, manager], counts) == seller
    assert least_busy([], counts) is None


def test_cases_are_the_teams_and_of_nobody_else(app: Flask) -> None:
    here = desk(app)
    case_id = here.open()
    assert here.titles("case", "mate") == {"No water"}
    assert here.titles("case", "elsewhere") == set()
    for place in ("", "/move", "/hand-over"):
        here.browser("elsewhere").get(page_of(case_id, place), status=404)


def test_lists_find_what_is_nobodys_and_what_is_late(app: Flask) -> None:
    here = desk(app)
    now = datetime.now(UTC)
    here.open(subject="Late", at=now - timedelta(days=30))
    here.open(subject="Nobody's", at=now, owner=None)
    browser = here.browser()

    def found(asked: str) -> list[str]:
        return [row["Number"] for row in browser.get(f"/crm/cases?{asked}").rows()]

    assert found("limit=late,near&sort=due_at") == ["C-1001"]
    assert found("open=yes&owner=none") == ["C-1002"]
    assert found("q=c-1002") == ["C-1002"]
    assert sorted(found("open=yes")) == ["C-1001", "C-1002"]


def test_my_day_shows_cases_near_their_limit(app: Flask) -> None:
    here = desk(app)
    here.open(subject="Burst pipe", at=datetime.now(UTC) - timedelta(days=30))
    assert "Burst pipe" in here.browser().get("/crm/my-day").html
    assert "Burst pipe" not in here.browser("mate").get("/crm/my-day").html


def test_the_page_of_a_customer_tells_of_their_cases(app: Flask) -> None:
    here = desk(app)
    account = here.add("account", name="Duero")
    case_id = here.open(account=account)
    here.change("case", case_id, at=MONDAY + timedelta(hours=1), status="resolved", resolution="Done")
    told = here.browser().get(f"/crm/accounts/{account}/history").html
    assert "opened C-1001: No water" in told
    assert "resolved C-1001: No water" in told
    assert "C-1001" in here.browser().get(f"/crm/accounts/{account}/around").html


def test_a_page_costs_the_same_however_much_happened(app: Flask) -> None:
    here = desk(app)
    quiet, busy = here.open(), here.open()
    hand_over(here, quiet, "Service", MONDAY)
    for hour in range(1, 9):
        hand_over(here, busy, ("Service", "Orders")[hour % 2], MONDAY + timedelta(hours=hour))
    browser = here.browser()
    costs = []
    for case_id in (quiet, quiet, busy):
        with counting() as statements:
            browser.get(page_of(case_id))
            browser.get(page_of(case_id, "/history"))
        costs.append(len(statements))
    assert costs[1] == costs[2]


def test_an_area_that_is_put_away_is_not_offered(app: Flask) -> None:
    here = desk(app)
    with here.working("crm_admin") as session:
        session.scalars(select(Area).where(Area.name == "Marketing")).one().archived_at = MONDAY
    assert ">Marketing<" not in here.browser().get(f"{page_of(here.open())}/hand-over").html
