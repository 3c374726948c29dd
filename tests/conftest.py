"""Fixtures every test may ask for: `database`, `app`, `browser`, `live_server`, `page` and `smtp`."""

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings

from tests.machinery.databases import drop_run, run_name
from tests.machinery.memory import in_memory
from tests.machinery.postgres import TemporaryPostgres
from tests.machinery.runs import run
from tests.machinery.turns import kinds_for

pytest_plugins = ["tests.machinery.servers", "tests.machinery.chromium"]

RUN, POSTGRES_URL, FOLDER = "implementor_run", "implementor_postgres_url", "implementor_folder"
RUN_KEY = pytest.StashKey[str]()
EVERYTHING, PART = "--everything", "--part"
EXAMPLES, MANY_EXAMPLES = 40, 200
"""So many examples are made for a rule that says nothing of its own, in `make test` and in `make full`."""
ROOM_FOR_DATABASES = 512 * 1024**2  # bytes
servers: list[TemporaryPostgres] = []
gc.set_threshold(50_000, 20, 20)  # a fifth of a worker's time went into looking for circles, which tests leave few of


# --- one PostgreSQL for all workers --------------------------------------------------------------------------------


def postgres_url() -> str:
    """The server named by the environment, else the embedded one, started when first asked for."""
    given = os.environ.get("IMPLEMENTOR_TEST_POSTGRES_URL", "")
    if given:
        return given.replace("postgresql://", "postgresql+psycopg://", 1)
    if not servers:
        servers.append(TemporaryPostgres())
    return servers[0].url


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(EVERYTHING, action="store_true", help="run each test on both databases, as `make full` does")
    parser.addoption(PART, help="run one part of the tests, such as 3/12, the same in every run")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[RUN_KEY] = run_name()
    if hasattr(config, "workerinput"):
        run.join(config.workerinput[FOLDER])
    else:
        run.open()
    examples = MANY_EXAMPLES if config.getoption(EVERYTHING) else EXAMPLES
    settings.register_profile(
        "tests", max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    settings.load_profile("tests")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Called by xdist in the controlling process, once per worker."""
    node.workerinput[RUN] = node.config.stash[RUN_KEY]
    node.workerinput[POSTGRES_URL] = postgres_url()
    node.workerinput[FOLDER] = str(run.folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    given = os.environ.get("IMPLEMENTOR_TEST_POSTGRES_URL", "")
    if given and not hasattr(config, "workerinput"):
        drop_run(postgres_url(), config.stash[RUN_KEY])
    while servers:
        servers.pop().stop()
    if not hasattr(config, "workerinput"):
        run.close()


# --- order ---------------------------------------------------------------------------------------------------------


LONG_FIRST = ("full", "browser", "slow")
FILLED = "filled"
"""The fixture of the demo world: the first test with it fills it for all, while another worker does something else."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no worker still walks when the others have ended.

    The runner would hand out groups of tests first, and both workers would come to the demo world at the same moment:
    it is told not to (`--no-loadscope-reorder`).
    """
    if config.getoption(PART):
        number, parts = map(int, config.getoption(PART).split("/"))
        ours = set(sorted(items, key=lambda item: (_place(item), item.nodeid))[number - 1 :: parts])
        config.hook.pytest_deselected(items=[item for item in items if item not in ours])
        items[:] = [item for item in items if item in ours]
    walks = [
        item for item in items if FILLED in getattr(item, "fixturenames", ()) and item.get_closest_marker("browser")
    ]

    def rank(item: pytest.Item) -> tuple[int, bool]:
        if item in walks[:1]:
            return -1, False
        return _place(item), item in walks

    items.sort(key=rank)


def _place(item: pytest.Item) -> int:
    return next((place for place, name in enumerate(LONG_FIRST) if item.get_closest_marker(name)), 9)


def pytest_collection_finish() -> None:
    """What was collected lives to the end: without this the collector goes through all of it again and again."""
    gc.freeze()


# --- databases -----------------------------------------------------------------------------------------------------


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that touches data runs on both databases where they differ, and on one in turn elsewhere."""
    if "database_kind" in metafunc.fixturenames:
        kinds = kinds_for(metafunc, everything=metafunc.config.getoption(EVERYTHING))
        metafunc.parametrize("database_kind", kinds, scope="function")


@pytest.fixture(scope="session")
def database_folder() -> Iterator[Path]:
    """In memory where there is room: every commit syncs, and the tests need no durability."""
    folder = Path(tempfile.mkdtemp(prefix="implementor-tests-", dir=in_memory(ROOM_FOR_DATABASES)))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def workshop(request: pytest.FixtureRequest, database_folder: Path) -> Iterator[Any]:
    """This worker's databases and applications."""
    from tests.machinery.applications import Workshop  # late: tests of pure rules need no application

    given = getattr(request.config, "workerinput", {})
    made = Workshop(
        database_folder,
        lambda: given.get(POSTGRES_URL) or postgres_url(),
        given.get(RUN, request.config.stash[RUN_KEY]),
    )
    yield made
    made.close()


@pytest.fixture
def database(workshop: Any, database_kind: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """Address of an empty, migrated database that belongs to this test; the test runs once per kind."""
    from implementor.foundation.live import forget  # late, as above

    yield workshop.database(database_kind).url
    forget()  # a command works with what is live until its process ends, which here goes on
    workshop.restore(database_kind, written_elsewhere=bool({"live_server", "make_server"} & set(request.fixturenames)))


@pytest.fixture
def app(workshop: Any, database: str, database_kind: str) -> Flask:
    """The application on `database`; it is shared by the tests of a worker, its database is not."""
    application: Flask = workshop.app(database_kind)
    return application


@pytest.fixture
def make_app(workshop: Any, database: str) -> Callable[..., Flask]:
    """An application of its own with other settings: `make_app(languages=("es",))`."""
    return lambda **changes: workshop.special_app(database, **changes)


@pytest.fixture
def browser(app: Flask) -> Any:
    """A person with a keyboard: fetches pages, checks them, fills in forms (see machinery/pages.py)."""
    from tests.machinery.pages import Browser

    return Browser(app)
