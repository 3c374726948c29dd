"""A browser reduced to what measuring needs: one kept connection, cookies, and the moment of the last byte."""

import http.client
import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

TOKEN = re.compile(rb'name="csrf-token" content="([^"]+)"')
TIMEOUT = 60  # seconds
AT_ONCE = 8


class WrongAnswer(Exception):
    """The server did not answer as a person would expect, so its speed means nothing."""


@dataclass(frozen=True)
class Call:
    """One request; `form` makes it a POST."""

    path: str
    form: Mapping[str, str] | None = None
    status: int = 200


@dataclass
class Visitor:
    """Somebody with a connection of their own; `cookies` and `token` may be shared by several."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(self, *_fault: object) -> None:
        self.connection.close()

    def again(self) -> "Visitor":
        """The same person on another connection."""
        return Visitor(self.port, self.cookies, self.token)

    def headers(self) -> dict[str, str]:
        """What every request carries."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {
            "Cookie": cookie,
            "Accept": "application/json, text/html",
            "Accept-Language": "en",
            "X-CSRFToken": self.token,
            "Sec-Fetch-Site": "same-origin",
        }

    def send(self, call: Call) -> bytes:
        """The whole body of an answer. Raises WrongAnswer for another status than expected."""
        headers, method, body = self.headers(), "GET", None
        if call.form is not None:
            method, body = "POST", urlencode(call.form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, call.path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        for line in answer.msg.get_all("Set-Cookie") or []:
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name] = value
        if answer.status != call.status:
            raise WrongAnswer(f"{method} {call.path}: {answer.status} instead of {call.status}: {content[:600]!r}")
        return content

    def sign_in(self, email: str, password: str) -> None:
        """Come in as a person does."""
        self._learn_token(self.send(Call("/sign-in")))
        self.send(Call("/sign-in", {"email": email, "password": password}, 303))
        self._learn_token(self.send(Call("/account")))

    def _learn_token(self, page: bytes) -> None:
        found = TOKEN.search(page)
        if found is None:
            raise WrongAnswer("A page has no token.")
        self.token = found[1].decode()


def alone(visitor: Visitor, calls: Sequence[Call]) -> tuple[list[float], int]:
    """Milliseconds of each call, one after the other, and the bytes of the last answer."""
    taken, length = [], 0
    for call in calls:
        began = time.perf_counter()
        length = len(visitor.send(call))
        taken.append((time.perf_counter() - began) * 1000)
    return taken, length


def at_once(visitor: Visitor, call_of: Callable[[int, int], Call], seconds: float, many: int = AT_ONCE) -> float:
    """Answers per second to `many` visitors; `call_of(visitor, turn)` says what each asks next."""
    done = [0] * many
    faults: list[BaseException] = []
    gate = threading.Barrier(many)

    def work(place: int) -> None:
        try:
            with visitor.again() as own:
                gate.wait(TIMEOUT)
                ends = time.perf_counter() + seconds
                while time.perf_counter() < ends:
                    own.send(call_of(place, done[place]))
                    done[place] += 1
        except (OSError, http.client.HTTPException, WrongAnswer, threading.BrokenBarrierError) as fault:
            faults.append(fault)

    threads = [threading.Thread(target=work, args=(place,)) for place in range(many)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return sum(done) / (time.perf_counter() - began)
