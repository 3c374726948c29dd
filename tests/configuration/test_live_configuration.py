"""What is live is read once for each state, costs a request no statement, and is never taken for another state."""

from __future__ import annotations
