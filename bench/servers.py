"""Web servers beside each other under the real application: `python -m bench.servers`, for the decision record.

Only granian is a requirement; the others are measured where they can be imported.
"""

import importlib.util
from collections.abc import Sequence

from bench.cases import CASES
from bench.databases import KINDS, filled
from bench.run import chosen, measure, tell

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
    tell("| database | server | case | p50 ms | p95 ms | 8 at once/s |\n| --- | --- | --- | ---: | ---: | ---: |")
    for kind in chosen("DB", list(KINDS), list(KINDS)):
        with filled(kind, "small") as stock:
            for server, command in SERVERS.items():
                if importlib.util.find_spec(server) is None:
                    tell(f"| {kind} | {server} | not installed | | | |")
                    continue
                for one in measure(stock, cases, command):
                    tell(f"| {kind} | {server} | {one.name} | {one.p50_ms:.1f} | {one.p95_ms:.1f} | {one.rps_8:.0f} |")


if __name__ == "__main__":
    main()
