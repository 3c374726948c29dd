"""Figures for monitoring: what the working processes of a web server count, added up when it is read."""

import os

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # set by the web server; the library looks for it when it is loaded

registry = CollectorRegistry()
requests_seen = Counter("implementor_requests", "Requests by route and status", ("route", "status"), registry=registry)
seconds = Histogram("implementor_request_seconds", "Time to answer by route", ("route",), registry=registry)


def count_request(route: str, status: int, taken: float) -> None:
    """Note one answer and the seconds it took."""
    requests_seen.labels(route, str(status)).inc()
    seconds.labels(route).observe(taken)


def write_figures() -> bytes:
    """Everything counted, in the text form of Prometheus; of all processes when they share a folder."""
    if FOLDER not in os.environ:
        return generate_latest(registry)
    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    return generate_latest(together)
