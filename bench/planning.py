"""The plan of a wave, as it is drawn anew after every move."""

from bench.client import Call
from bench.databases import Stock


def plan(stock: Stock, _visitor: int, _turn: int) -> Call:
    """A wave of a hundred and fifty stories beside a backlog of hundreds, with its load and its forecast."""
    return Call(f"/projects/{stock.key}/waves/2/plan")
