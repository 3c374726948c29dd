"""A real browser for tests: Debian's Chromium, watched for console errors and breaches of the content policy."""

import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from implementor.settings import PROJECT_ROOT
from tools.machine import CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 30_000  # milliseconds; a busy machine is slow, and what never comes is told after this
WATCH_POLICY = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`content policy: ${event.violatedDirective} refused ${event.blockedURI} ${event.sample}`);
});
"""
AXE = PROJECT_ROOT / "static" / "vendor" / "axe.min.js"


def chromium_path() -> str:
    """The browser's program. Raises RuntimeError with the way out when there is none."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        raise RuntimeError(
            "Chromium is missing: `make test` installs it, or run `apt-get install chromium-headless-shell`."
        )
    return found


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """One browser process per worker."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield browser
        browser.close()


class Complaints:
    """What the browser complained about; a test that expects a complaint takes it out with `expect`."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def watch(self, page: "Page") -> None:
        """Listen to one page."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.texts.append(f"script error: {error}"))

    def _console(self, message: "ConsoleMessage") -> None:
        asked_by_itself = message.location.get("url", "").endswith("/favicon.ico")  # on answers that are no pages
        if message.type in ("error", "warning") and not asked_by_itself:
            self.texts.append(f"{message.type}: {message.text}")

    def expect(self, part: str) -> None:
        """Say that a complaint with this text was meant to come."""
        matching = [text for text in self.texts if part in text]
        assert matching, f"The browser did not complain about {part!r}, only {self.texts}."
        self.texts = [text for text in self.texts if text not in matching]


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    """Collected over all pages of the test; anything not expected fails it."""
    collected = Complaints()
    yield collected
    assert collected.texts == []


@pytest.fixture
def make_context(chromium: "Browser", complaints: Complaints) -> Iterator[Callable[..., "BrowserContext"]]:
    """A browser profile of its own, `make_context(viewport={"width": 390, "height": 844}, locale="es-ES")`."""
    made: list[BrowserContext] = []

    def make(**options: Any) -> "BrowserContext":
        context = chromium.new_context(**{"locale": "en-GB", "viewport": {"width": 1440, "height": 900}, **options})
        context.set_default_timeout(PATIENCE)
        context.add_init_script(WATCH_POLICY)
        context.on("page", complaints.watch)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture
def page(make_context: Callable[..., "BrowserContext"], live_server: Any) -> "Page":
    """A page whose relative addresses lead to the real server."""
    return make_context(base_url=live_server.url).new_page()


def axe_findings(page: "Page", **options: Any) -> list[dict[str, Any]]:
    """Accessibility faults of the page as it stands, one row per rule and element; empty is good."""
    page.evaluate(AXE.read_text(encoding="utf-8"))  # evaluated by the debugger: no exception in the policy is needed
    result = page.evaluate("(options) => axe.run(document, options)", options)
    return [
        {"rule": finding["id"], "impact": finding["impact"], "element": node["html"], "why": node["failureSummary"]}
        for finding in result["violations"]
        for node in finding["nodes"]
    ]
