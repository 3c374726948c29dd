"""Web servers beside each other under the real application: `python -m bench.servers`, for the decision record.

Only granian is a requirement; the others are measured where they can be imported.
"""

import importlib.util
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack

from bench.cases import CASES, Case
from bench.client import Visitor
from bench.databases import KINDS, Stock, filled
from bench.figures import median, percentile
from bench.programs import FIXED, serving, settings_for
from bench.run import ROUNDS, Measured, chosen, measure_once, tell

APPLICATION = "app:app"
SERVERS: dict[str, Sequence[str]] = {
    "granian": ("-m", "implementor", "serve", "--port", "{port}"),
    "waitress": ("-m", "waitress", "--host=127.0.0.1", "--port={port}", "--threads=4", APPLICATION),
    "gunicorn": (
        "-m", "gunicorn", "--bind=127.0.0.1:{port}", "--workers=1", "--worker-class=gthread", "--threads=4",
        "--keep-alive=30", APPLICATION,
    ),
}  # fmt: skip
"""Four threads in one process each, as granian is set up by default."""


def main() -> None:
    """Measure each server on each database (DB, ONLY as for `make bench`) and print a table in Markdown."""
    names = chosen("ONLY", [case.name for case in CASES], [case.name for case in CASES])
    cases = [case for case in CASES if case.name in names]
    present = {name: command for name, command in SERVERS.items() if importlib.util.find_spec(name) is not None}
    tell("| database | case | server | p50 ms | p95 ms | 8 at once/s |\n| --- | --- | --- | ---: | ---: | ---: |")
    for kind in chosen("DB", list(KINDS), list(KINDS)):
        with filled(kind, "small") as stock:
            for line in compare(stock, cases, present):
                tell(line)


def compare(stock: Stock, cases: Sequence[Case], servers: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Lines of the table. All servers run at once and take turns, so that a machine that drifts is fair to all."""
    environment, log = settings_for(stock.url, stock.folder), stock.folder / "server.log"
    measured: dict[tuple[str, str], Measured] = defaultdict(Measured)
    with ExitStack() as stack:
        fixed = Visitor(stack.enter_context(serving(FIXED, environment, log)))
        visitors = {name: Visitor(stack.enter_context(serving(one, environment, log))) for name, one in servers.items()}
        for visitor in visitors.values():
            visitor.sign_in(stock.email, stock.password)
        for number in range(ROUNDS):
            for case in cases:
                for name, visitor in visitors.items():
                    measure_once(measured[case.name, name], case, stock, visitor, fixed, number)
    for (case_name, name), one in measured.items():
        times = f"{median(one.taken):.1f} | {percentile(one.taken, 95):.1f} | {median(one.rates):.0f}"
        yield f"| {stock.kind} | {case_name} | {name} | {times} |"


if __name__ == "__main__":
    main()
