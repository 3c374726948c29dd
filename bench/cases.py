"""What is measured: the pages and changes people wait for most, each asked about other records in turn."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from bench.client import Call
from bench.databases import DIFFERENT, Stock
from bench.own_fields import own_fields
from bench.planning import plan
from bench.portfolio import FIRST
from implementor.demo.bulk_people import phone_of
from implementor.foundation.fields import Kind
from implementor.foundation.lookup import MARK
from implementor.lists.sheets import sheet_of

ASKED = ("cotizaciones zona", "visits phone", "precios", "hospitales viernes", "BEN-777", "campaign click")
DEPARTMENTS = ("Compras", "Cocina", "Planta")
PARTIES = 9
"""The cards of the board are shared out to eight visitors, and a ninth part stays where it is."""


@dataclass(frozen=True)
class Case:
    """`call(stock, visitor, turn)` is the next request of one of several visitors; `rows` is what it draws.

    `is_crm` needs the customers in the database, which take long to make, `is_use` two thousand people with facts.
    """

    name: str
    call: Callable[[Stock, int, int], Call]
    rows: int
    writes: bool = False
    is_crm: bool = False
    is_use: bool = False


@cache
def left_empty(kind: str) -> dict[str, str]:
    """What a browser sends for the fields of a form that nobody filled in; the application says which these are."""
    fields = [one for one in sheet_of(kind).entity.fields.values() if one.editable and not one.required]
    texts = [one for one in fields if one.kind is not Kind.YES_NO]
    return {name: "" for one in texts for name in ((one.name, one.name + MARK) if one.target else (one.name,))}


def board(stock: Stock, _visitor: int, _turn: int) -> Call:
    """Two hundred cards."""
    return Call(f"/projects/{stock.key}/waves/1/board")


def backlog(stock: Stock, _visitor: int, _turn: int) -> Call:
    """The first page of the backlog."""
    return Call(f"/projects/{stock.key}/backlog")


def story(stock: Stock, visitor: int, turn: int) -> Call:
    """The page of a story that is being built, with its criteria, tasks and comments."""
    return Call(f"/projects/{stock.key}/stories/{1 + (visitor * 17 + turn) % min(DIFFERENT, stock.stories)}")


def use(stock: Stock, _visitor: int, _turn: int) -> Call:
    """How the CRM is used: the index by team, week by week."""
    return Call(f"/projects/{stock.key}/adoption/")


def use_team(stock: Stock, _visitor: int, _turn: int) -> Call:
    """The same of the people of one team, for who manages it."""
    return Call(f"/use/teams/{stock.team}")


def search(_stock: Stock, visitor: int, turn: int) -> Call:
    """Common words, rarer ones and a key."""
    words = ASKED[(visitor + turn) % len(ASKED)].replace(" ", "+")
    return Call(f"/search?q={words}")


def committee(stock: Stock, _visitor: int, _turn: int) -> Call:
    """What a committee sees before it meets; the list of committees where none is filled in."""
    return Call(stock.committee or f"/projects/{stock.key}/committees")


def portfolio(_stock: Stock, _visitor: int, turn: int) -> Call:
    """Two hundred projects as they stand, the worst first; every other time by what moved last."""
    return Call("/portfolio?size=200" if turn % 2 else "/portfolio?size=200&sort=-moved_at")


def roadmap(stock: Stock, _visitor: int, _turn: int) -> Call:
    """Fifty projects of twenty waves on one axis, a line for each project."""
    return Call(stock.roadmap)


def all_lines(stock: Stock, _visitor: int, _turn: int) -> Call:
    """The same with a line for each wave."""
    return Call(f"{stock.roadmap}{'&' if '?' in stock.roadmap else '?'}fold=0")


def money(stock: Stock, _visitor: int, _turn: int) -> Call:
    """How the money of a project stands, by two dozen lines over two years."""
    return Call(f"/projects/{stock.key}/money")


def grid(stock: Stock, _visitor: int, _turn: int) -> Call:
    """The same line by line and month by month, to be filled in."""
    return Call(f"/projects/{stock.key}/money/budget")


def load(_stock: Stock, _visitor: int, _turn: int) -> Call:
    """The hours of all profiles."""
    return Call("/portfolio/load")


def replay(stock: Stock, _visitor: int, _turn: int) -> Call:
    """The measured project as it is today, looked at as a day that is over."""
    return Call(f"/projects/{stock.key}/replay")


def gate(_stock: Stock, _visitor: int, _turn: int) -> Call:
    """A gate with its lines, all of which are computed anew."""
    return Call(f"/projects/{FIRST}/gates/visualization")


def metric(stock: Stock, _visitor: int, _turn: int) -> Call:
    """A metric with its picture, its measurements and the versions of its definition."""
    return Call(stock.metric)


def odds(stock: Stock, visitor: int, turn: int) -> Call:
    """When the open waves will be done: ten thousand runs, which dice of another seed play anew for each request."""
    seed = visitor * 1_000_000 + turn
    return Call(f"/projects/{stock.key}/waves/forecast?low=3&likely=6&high=12&seed={seed}")


def poll(stock: Stock, _visitor: int, _turn: int) -> Call:
    """What each browser at a retrospective asks every three seconds, when nothing is new."""
    return Call(stock.table, status=204) if stock.table else Call(f"/projects/{stock.key}/retrospectives")


def risk_map(stock: Stock, _visitor: int, _turn: int) -> Call:
    """The risks of a project by probability and impact."""
    return Call(f"/projects/{stock.key}/risks/map")


def move(stock: Stock, visitor: int, turn: int) -> Call:
    """A card goes to the next column, behind some other card; no two visitors touch the same card."""
    own, others = stock.cards[visitor::PARTIES], stock.cards[PARTIES - 1 :: PARTIES]
    card = own[turn % len(own)]
    lap = turn // len(own)
    neighbour = others[(turn * 7 + lap + visitor) % len(others)]
    status = ("doing", "review")[lap % 2]
    form = {"card": str(card), "status": status, "after": str(neighbour)}
    return Call(f"/projects/{stock.key}/waves/1/board/move", form, 204)


def create(stock: Stock, visitor: int, turn: int) -> Call:
    """A new story through its form."""
    title = f"A story of the measuring, number {visitor}-{turn}"
    form = {**left_empty("story"), "title": title, "type": "function", "value": "40", "points": "3"}
    return Call(f"/projects/{stock.key}/records/story/new", form, 303)


def crm_list(_stock: Stock, visitor: int, turn: int) -> Call:
    """A page of contacts of one department by name; every other time a page of sales, the largest first."""
    if (visitor + turn) % 2:
        return Call("/crm/opportunities?status=open&sort=-amount")
    return Call(f"/crm/contacts?department={DEPARTMENTS[turn % len(DEPARTMENTS)]}&sort=name")


def crm_record(stock: Stock, visitor: int, turn: int) -> Call:
    """The page of an account with its timeline, contacts, sales and cases."""
    return Call(f"/crm/accounts/{stock.accounts[(visitor * 17 + turn) % min(DIFFERENT, len(stock.accounts))]}")


def pipeline(_stock: Stock, _visitor: int, _turn: int) -> Call:
    """The board of sales."""
    return Call("/crm/opportunities/board")


def forecast(_stock: Stock, _visitor: int, _turn: int) -> Call:
    """What is won and still to come, by owner and month."""
    return Call("/crm/opportunities/forecast")


def my_day(_stock: Stock, _visitor: int, _turn: int) -> Call:
    """What waits for one person."""
    return Call("/crm/my-day")


def twin(stock: Stock, visitor: int, turn: int) -> Call:
    """A new contact through its form, with the telephone number of another one: like people are looked for."""
    number = stock.contacts[(visitor * 17 + turn) % min(DIFFERENT, len(stock.contacts))]
    form = {
        **left_empty("contact"), "first_name": "Ana", "last_name": f"Bench {visitor}-{turn}",
        "email": f"persona{number}@elsewhere.example", "phone": phone_of(number),
    }  # fmt: skip
    return Call("/records/contact/new", form, 303)


CASES = (
    Case("board", board, 200),
    Case("backlog", backlog, 50),
    Case("story", story, 10),
    Case("search", search, 20),
    Case("committee", committee, 40),
    Case("portfolio", portfolio, 200),
    Case("roadmap", roadmap, 50),
    Case("roadmap_lines", all_lines, 1_000),
    Case("load", load, 10),
    Case("money", money, 24),
    Case("grid", grid, 24),
    Case("replay", replay, 20),
    Case("gate", gate, 12),
    Case("metric", metric, 24),
    Case("odds", odds, 12),
    Case("plan", plan, 200),
    Case("use", use, 100, is_use=True),
    Case("use_team", use_team, 28, is_use=True),
    Case("risk_map", risk_map, 25),
    Case("poll", poll, 1),
    Case("move", move, 1, writes=True),
    Case("create", create, 1, writes=True),
    Case("crm_list", crm_list, 50, is_crm=True),
    Case("own_fields", own_fields, 50, is_crm=True),
    Case("crm_record", crm_record, 30, is_crm=True),
    Case("pipeline", pipeline, 60, is_crm=True),
    Case("forecast", forecast, 12, is_crm=True),
    Case("my_day", my_day, 40, is_crm=True),
    Case("twin", twin, 1, writes=True, is_crm=True),
)
