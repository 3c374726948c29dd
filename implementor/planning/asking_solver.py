"""Having an exact plan found by a process of its own, which ends with whoever waits for it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from tempfile import TemporaryFile

import implementor
from implementor.planning.problem import Outcome, Problem, as_json

HOME = Path(implementor.__path__[0]).parent
LOOK_EVERY = 0.5  # seconds


class SolverBroke(Exception):
    """The process ended without an answer; a fault of the program or of the machine."""


def solved(problem: Problem, still_wanted: Callable[[int], None]) -> Outcome:
    """The exact plan. `still_wanted` is called with the seconds so far and may raise, which ends the process."""
    command = [sys.executable, "-m", "implementor.planning.solving"]
    # a file, because a pipe holds less than a large problem has and the process reads late
    with TemporaryFile("w+", encoding="utf-8") as question:
        json.dump(as_json(problem), question)
        question.seek(0)
        # the command is our own and takes nothing from outside but its input
        with subprocess.Popen(  # noqa: S603
            command, cwd=HOME, text=True, stdin=question, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            try:
                answer, complaint = _heard(process, still_wanted)
            finally:
                process.kill()
    if process.returncode:
        raise SolverBroke(complaint[-2000:])
    return _outcome(answer)


def _heard(process: subprocess.Popen[str], still_wanted: Callable[[int], None]) -> tuple[str, str]:
    """What the process wrote and complained of until its end."""
    for look in count():
        still_wanted(int(look * LOOK_EVERY))
        with suppress(subprocess.TimeoutExpired):
            return process.communicate(timeout=LOOK_EVERY)
    raise AssertionError("counting never ends")


def _outcome(answer: str) -> Outcome:
    data = json.loads(answer)
    plan = {int(number): place for number, place in data["plan"].items()}
    return Outcome(plan, data["worth"], data["bound"], data["is_proved"], tuple(data["too_large"]),
                   tuple(data["conflict"]))  # fmt: skip
