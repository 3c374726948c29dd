"""Having an exact plan found by a process of its own, which ends with whoever waits for it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import implementor
from implementor.planning.problem import Outcome, Problem, as_json

HOME = Path(implementor.__path__[0]).parent
LOOK_EVERY = 0.5  # seconds


class SolverBroke(Exception):
    """The process ended without an answer; a fault of the program or of the machine."""


def solved(problem: Problem, still_wanted: Callable[[int], None]) -> Outcome:
    """The exact plan. `still_wanted` is called with the seconds so far and may raise, which ends the process."""
    text: str | None = json.dumps(as_json(problem))
    command = [sys.executable, "-m", "implementor.planning.solving"]
    looks = 0
    # the command is our own and takes nothing from outside but its input
    with subprocess.Popen(  # noqa: S603
        command, cwd=HOME, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        try:
            while True:
                still_wanted(int(looks * LOOK_EVERY))
                try:
                    answer, complaint = process.communicate(text, timeout=LOOK_EVERY)
                except subprocess.TimeoutExpired:
                    looks, text = looks + 1, None
                    continue
                break
        finally:
            process.kill()
    if process.returncode:
        raise SolverBroke(complaint[-2000:])
    return _outcome(answer)


def _outcome(answer: str) -> Outcome:
    data = json.loads(answer)
    plan = {int(number): place for number, place in data["plan"].items()}
    return Outcome(plan, data["worth"], data["bound"], data["is_proved"], tuple(data["too_large"]),
                   tuple(data["conflict"]))  # fmt: skip
