"""A process of its own for one exact plan: reads the problem from its input, writes the answer, and is gone."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from implementor.planning.optimum import exact_plan
from implementor.planning.problem import problem_from

if __name__ == "__main__":
    json.dump(asdict(exact_plan(problem_from(json.load(sys.stdin)))), sys.stdout)
