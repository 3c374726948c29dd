"""Formulas over metrics: a few signs, numbers and the keys of other metrics, and nothing else of any language."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from graphlib import CycleError, TopologicalSorter
from itertools import islice
from operator import add, mul, sub, truediv

from implementor.foundation.errors import Refusal
from implementor.foundation.words import Phrase, say

PRECISION = 40
MOST_PARTS = 600
"""Nodes of a formula, about a hundred terms: a longer one could not be computed in the depth that a program has."""
SIGNS: Mapping[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: add, ast.Sub: sub, ast.Mult: mul, ast.Div: truediv,
}  # fmt: skip


class BadExpression(Refusal):
    """The text is no formula; the reason is a sentence."""


class NoValue(Refusal):
    """The formula has no value today; the reason says why."""


@dataclass(frozen=True)
class Expression:
    """A formula that was read; `keys` are those of the metrics it needs, in the order of writing."""

    text: str
    keys: tuple[str, ...]
    tree: ast.expr

    def value(self, known: Mapping[str, Decimal | None]) -> Decimal:
        """What it comes to. Raises NoValue where a metric has none and where something is divided by zero."""
        with localcontext(prec=PRECISION):
            return _value(self.tree, known, self.text)


def read_expression(text: str) -> Expression:
    """Read a formula of `+ - * / ( )`, numbers with a decimal point and keys of metrics. Raises BadExpression."""
    line = text.strip()
    try:
        tree = ast.parse(line, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as fault:
        raise BadExpression(_no_formula(line)) from fault
    if any(True for _ in islice(ast.walk(tree), MOST_PARTS, None)):
        raise BadExpression(say("The formula is too long. Make metrics of its parts, and a formula of these."))
    keys: dict[str, None] = {}
    _check(tree, line, keys)
    return Expression(line, tuple(keys), tree)


def cycle_of(needs: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The keys of formulas that need each other in a ring, the first one again at its end; empty for none."""
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as fault:
        return tuple(reversed(fault.args[1]))
    return ()


def in_order(needs: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Every key after those that it needs; there must be no ring."""
    return list(TopologicalSorter(needs).static_order())


def _check(node: ast.expr, line: str, keys: dict[str, None]) -> None:
    match node:
        case ast.BinOp(left, sign, right) if type(sign) in SIGNS:
            _check(left, line, keys)
            _check(right, line, keys)
        case ast.UnaryOp(ast.USub() | ast.UAdd(), inner):
            _check(inner, line, keys)
        case ast.Name(name):
            keys[name] = None
        case ast.Constant():
            _number(node, line)
        case _:
            part = ast.get_source_segment(line, node) or line
            reason = say(
                "“%(part)s” has no place in a formula. Use + - * / ( ), numbers such as 0.5, and keys of metrics.",
                part=part[:60],
            )
            raise BadExpression(reason)


def _number(node: ast.Constant, line: str) -> Decimal:
    """The number exactly as it is written, not as a computer would keep it."""
    written = ast.get_source_segment(line, node) or ""
    if type(node.value) not in (int, float) or not set(written) <= set("0123456789."):
        raise BadExpression(say("“%(part)s” is no number of a formula. Write it like 1000 or 0.5.", part=written[:60]))
    return Decimal(written)


def _value(node: ast.expr, known: Mapping[str, Decimal | None], line: str) -> Decimal:
    match node:
        case ast.BinOp(left, sign, right):
            return _joined(_value(left, known, line), type(sign), right, known, line)
        case ast.UnaryOp(sign, inner):
            value = _value(inner, known, line)
            return -value if isinstance(sign, ast.USub) else value
        case ast.Name(name):
            found = known.get(name)
            if found is None:
                raise NoValue(say("%(metric)s has no value.", metric=name))
            return found
        case ast.Constant():
            return _number(node, line)
    raise NoValue(_no_formula(line))


def _joined(
    left: Decimal, sign: type[ast.operator], node: ast.expr, known: Mapping[str, Decimal | None], line: str
) -> Decimal:
    right = _value(node, known, line)
    if sign is ast.Div and right == 0:
        below = ast.get_source_segment(line, node) or line
        raise NoValue(say("“%(part)s” is zero, and nothing can be divided by it.", part=below[:60]))
    return SIGNS[sign](left, right)


def _no_formula(line: str) -> Phrase:
    return say("“%(text)s” is no formula. Write it like (won - lost) / closed * 100.", text=line[:60])
