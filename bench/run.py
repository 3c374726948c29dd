"""Measuring from beginning to end: fill a database, start the server, ask, compare with the limits, tell."""

import os
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench import limits
from bench.cases import CASES, PARTIES, Case
from bench.client import Call, Visitor, alone, at_once
from bench.databases import CUSTOMERS, KINDS, SIZES, Stock, filled, opened
from bench.facts import NAME as FACTS
from bench.facts import facts_figures
from bench.figures import Figure, growth, median, percentile, table, write
from bench.measuring import NAME as METRICS
from bench.measuring import metrics_figure
from bench.packing import NAME as PACK
from bench.packing import pack_figure
from bench.programs import FIXED, REAL, ROOT, serving, settings_for
from bench.releasing import NAME as RELEASE
from bench.releasing import release_figure
from bench.suggesting import NAME as SUGGEST
from bench.suggesting import suggest_figure

ROUNDS, WARMING, REQUESTS, SECONDS = 3, 3, 40, 1.0
"""Each case is asked in several rounds that alternate with the others, because machines drift."""
ANALYST = "diana.lozano@cumbrelia.example"
COUNTER = 7
"""The visitor whose statements are counted."""


@dataclass
class Measured:
    """What the rounds gave for one case; times in milliseconds."""

    taken: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    wires: list[float] = field(default_factory=list)
    length: int = 0


def main() -> None:
    """Read ONLY, SIZE and DB (names with commas), measure, print the table and write `var/bench.json`.

    DATA is a folder that `seed --size large` filled, or the address of a PostgreSQL database so filled: it is measured
    instead, as the person AS with PASSWORD.
    """
    known = [*(case.name for case in CASES), RELEASE, METRICS, PACK, SUGGEST, FACTS]
    names = chosen("ONLY", known, known)
    cases = [case for case in CASES if case.name in names]
    with_use = any(case.is_use for case in cases)
    with_crm = any(case.is_crm for case in cases) or METRICS in names or FACTS in names
    figures: list[Figure] = []
    if data := os.environ.get("DATA"):
        person = os.environ.get("AS", ANALYST)
        stock = opened(data, person, os.environ["PASSWORD"], with_own_field="own_fields" in names)
        figures += measure(stock, cases) if cases else []
        figures += [metrics_figure(stock)] if METRICS in names else []
        finish([*figures, *(facts_figures(stock) if FACTS in names else ())])
        return
    for kind in chosen("DB", list(KINDS), ["sqlite"]):
        for size in chosen("SIZE", list(SIZES), ["small"]):
            customers = f" and {CUSTOMERS[size].contacts:,} contacts" if with_crm else ""
            tell(f"Filling {kind} with {SIZES[size]:,} stories{customers} ...")
            with filled(kind, size, with_crm=with_crm, with_use=with_use) as stock:
                tell(f"  {stock.stories_per_second:,.0f} stories a second. Measuring ...")
                figures += measure(stock, cases) if cases else []
                figures += [metrics_figure(stock)] if METRICS in names else []
                figures += [release_figure(stock)] if RELEASE in names else []
                figures += [pack_figure(stock)] if PACK in names else []
                figures += [suggest_figure(stock)] if SUGGEST in names else []
                figures += facts_figures(stock) if FACTS in names else ()
    finish(figures)


def finish(figures: Sequence[Figure]) -> None:
    """Print and write down."""
    tell(table(list(figures)))
    for line in growth(list(figures)):
        tell(line)
    write(list(figures), ROOT / "var" / "bench.json")
    tell("limit = the same bytes through the same server + the same rows by raw SQL + a bare template of the same size")
    tell("(for changes: + one raw commit). The figures are in var/bench.json.")


def chosen(variable: str, known: Sequence[str], usual: Sequence[str]) -> list[str]:
    """The names that an environment variable lists. Ends with the known ones where it names another."""
    wanted = [word for word in os.environ.get(variable, "").lower().split(",") if word] or list(usual)
    strange = [word for word in wanted if word not in known]
    if strange:
        raise SystemExit(f"{variable} may be {', '.join(known)}; {', '.join(strange)} is none of them.")
    return wanted


def tell(line: str) -> None:
    """Say something to whoever measures."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def measure(stock: Stock, cases: Sequence[Case]) -> list[Figure]:
    """The figures of these cases on one database."""
    environment, log = settings_for(stock.url, stock.folder), stock.folder / "server.log"
    with serving(REAL, environment, log) as port, serving(FIXED, environment, log) as fixed_port:
        visitor, fixed = Visitor(port), Visitor(fixed_port)
        visitor.sign_in(stock.email, stock.password)
        counted = {case.name: _statements(stock, visitor, case) for case in cases}
        measured: dict[str, Measured] = defaultdict(Measured)
        for number in range(ROUNDS):
            for case in cases:
                measure_once(measured[case.name], case, stock, visitor, fixed, number)
    return [_figure(stock, case, measured[case.name], counted[case.name]) for case in cases]


def _statements(stock: Stock, visitor: Visitor, case: Case) -> list[limits.Statement]:
    """Asked in this process, beside the measured server, once the caches are warm; a card really changes its column."""
    lap = len(stock.cards[COUNTER::PARTIES])
    calls = [case.call(stock, COUNTER, turn) for turn in (0, lap, 2 * lap if case.writes else lap)]
    found = limits.statements_of(stock.app, visitor, calls)
    limits.release(stock.app)
    return found


def measure_once(kept: Measured, case: Case, stock: Stock, visitor: Visitor, fixed: Visitor, number: int) -> None:
    """One round of one case: some requests alone, the same bytes of nothing, then eight at once."""
    first = number * REQUESTS * 2

    def turns(place: int, turn: int) -> Call:
        return case.call(stock, place, 10_000 * (number + 1) + turn)

    # connections of their own: a server hangs up on whoever is silent while others are measured
    with visitor.again() as own, fixed.again() as bare:
        alone(own, [case.call(stock, 0, turn) for turn in range(first, first + WARMING)])
        calls = [case.call(stock, 0, turn) for turn in range(first + WARMING, first + WARMING + REQUESTS)]
        taken, kept.length = alone(own, calls)
        kept.taken += taken
        kept.wires.append(limits.wire(bare, kept.length))
    kept.rates.append(at_once(visitor, turns, SECONDS))


def _figure(stock: Stock, case: Case, measured: Measured, statements: Sequence[limits.Statement]) -> Figure:
    wire, sql = median(measured.wires), limits.raw_sql(stock, statements)
    draw = limits.raw_commit(stock) if case.writes else limits.bare_template(case.rows, measured.length)
    p50, limit = median(measured.taken), wire + sql + draw
    return Figure(
        case.name, stock.kind, stock.size, round(p50, 3), round(percentile(measured.taken, 95), 3),
        round(median(measured.rates), 1), len(statements), measured.length, round(limit, 3), round(p50 / limit, 2),
        round(wire, 3), round(sql, 3), round(draw, 3),
    )  # fmt: skip


if __name__ == "__main__":
    main()
