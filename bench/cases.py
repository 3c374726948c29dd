"""What is measured: the pages and changes people wait for most, each asked about other records in turn."""

from collections.abc import Callable
from dataclasses import dataclass

from bench.client import Call
from bench.databases import DIFFERENT, Stock
from implementor.demo.bulk_people import phone_of

ASKED = ("cotizaciones zona", "visits phone", "precios", "hospitales viernes", "BEN-777", "campaign click")
LEFT_EMPTY = dict.fromkeys(
    ("area", "owner", "parent", "wave", "objective", "tags", "as_a", "i_want", "so_that", "description"), ""
)
"""What a browser sends for the fields of the form that nobody filled in."""
NOT_SAID = (
    "salutation", "birthday", "language", "owner", "description", "account", "account-id", "job_title", "department",
    "preferred_channel", "street", "postcode", "city", "region", "country",
)  # fmt: skip
"""The same for a contact."""
DEPARTMENTS = ("Compras", "Cocina", "Planta")
PARTIES = 9
"""The cards of the board are shared out to eight visitors, and a ninth part stays where it is."""


@dataclass(frozen=True)
class Case:
    """`call(stock, visitor, turn)` is the next request of one of several visitors; `rows` is what it draws.

    `is_crm` needs the customers in the database, which take long to make.
    """

    name: str
    call: Callable[[Stock, int, int], Call]
    rows: int
    writes: bool = False
    is_crm: bool = False


def board(stock: Stock, _visitor: int, _turn: int) -> Call:
    """Two hundred cards."""
    return Call(f"/projects/{stock.key}/waves/1/board")


def backlog(stock: Stock, _visitor: int, _turn: int) -> Call:
    """The first page of the backlog."""
    return Call(f"/projects/{stock.key}/backlog")


def story(stock: Stock, visitor: int, turn: int) -> Call:
    """The page of a story that is being built, with its criteria, tasks and comments."""
    return Call(f"/projects/{stock.key}/stories/{1 + (visitor * 17 + turn) % min(DIFFERENT, stock.stories)}")


def search(_stock: Stock, visitor: int, turn: int) -> Call:
    """Common words, rarer ones and a key."""
    words = ASKED[(visitor + turn) % len(ASKED)].replace(" ", "+")
    return Call(f"/search?q={words}")


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
    form = {**LEFT_EMPTY, "title": title, "type": "function", "value": "40", "points": "3"}
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
        **dict.fromkeys(NOT_SAID, ""), "first_name": "Ana", "last_name": f"Bench {visitor}-{turn}",
        "email": f"persona{number}@elsewhere.example", "phone": phone_of(number),
    }  # fmt: skip
    return Call("/records/contact/new", form, 303)


CASES = (
    Case("board", board, 200),
    Case("backlog", backlog, 50),
    Case("story", story, 10),
    Case("search", search, 20),
    Case("move", move, 1, writes=True),
    Case("create", create, 1, writes=True),
    Case("crm_list", crm_list, 50, is_crm=True),
    Case("crm_record", crm_record, 30, is_crm=True),
    Case("pipeline", pipeline, 60, is_crm=True),
    Case("forecast", forecast, 12, is_crm=True),
    Case("my_day", my_day, 40, is_crm=True),
    Case("twin", twin, 1, writes=True, is_crm=True),
)
