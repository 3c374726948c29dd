"""A server of nothing but bytes: `/60000` answers 60,000 of them. The floor under every page of the same length."""

import sys
from collections.abc import Callable, Iterable
from typing import Any

from implementor.web import server

PROCESSES, THREADS = 2, 4


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """A WSGI application without anything in it."""
    length = int(environ["PATH_INFO"].strip("/") or 0)
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(length))])
    return [b"x" * length]


def main() -> None:
    """Serve it as the real application is served."""
    server.APPLICATION = "bench.fixed:application"
    server.serve("127.0.0.1", int(sys.argv[1]), processes=PROCESSES, threads=THREADS)


if __name__ == "__main__":
    main()
