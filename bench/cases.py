"""What is measured: the pages and changes people wait for most, each asked about other records in turn."""

from collections.abc import Callable
from dataclasses import dataclass

from bench.client import Call
from bench.databases import KEY, Stock

ASKED = ("cotizaciones zona", "visits phone", "precios", "hospitales viernes", "BEN-777", "campaign click")
LEFT_EMPTY = dict.fromkeys(("area", "owner", "parent", "wave", "tags", "as_a", "i_want", "so_that", "description"), "")
"""What a browser sends for the fields of the form that nobody filled in."""
PARTIES = 9
"""The cards of the board are shared out to eight visitors, and a ninth part stays where it is."""
DIFFERENT = 150
"""Records asked in turn, so that no answer can be a memory of the one before."""


@dataclass(frozen=True)
class Case:
    """`call(stock, visitor, turn)` is the next request of one of several visitors; `rows` is what it draws."""

    name: str
    call: Callable[[Stock, int, int], Call]
    rows: int
    writes: bool = False


def board(_stock: Stock, _visitor: int, _turn: int) -> Call:
    """Two hundred cards."""
    return Call(f"/projects/{KEY}/waves/1/board")


def backlog(_stock: Stock, _visitor: int, _turn: int) -> Call:
    """The first page of the backlog."""
    return Call(f"/projects/{KEY}/backlog")


def story(stock: Stock, visitor: int, turn: int) -> Call:
    """The page of a story that is being built, with its criteria, tasks and comments."""
    return Call(f"/projects/{KEY}/stories/{1 + (visitor * 17 + turn) % min(DIFFERENT, stock.stories)}")


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
    return Call(f"/projects/{KEY}/waves/1/board/move", form, 204)


def create(_stock: Stock, visitor: int, turn: int) -> Call:
    """A new story through its form."""
    title = f"A story of the measuring, number {visitor}-{turn}"
    form = {**LEFT_EMPTY, "title": title, "type": "function", "value": "40", "points": "3"}
    return Call(f"/projects/{KEY}/records/story/new", form, 303)


CASES = (
    Case("board", board, 200),
    Case("backlog", backlog, 50),
    Case("story", story, 10),
    Case("search", search, 20),
    Case("move", move, 1, writes=True),
    Case("create", create, 1, writes=True),
)
