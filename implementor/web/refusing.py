"""How commands say no: why not on the error output, nothing of what they began kept, and 1 as their end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from implementor.foundation.errors import NotFound, Refusal
from implementor.foundation.words import Phrase
from implementor.web.unit_of_work import session


@contextmanager
def refusing(missing: Phrase | None = None) -> Iterator[None]:
    """Turn what is refused in the block into the end of the command; `missing` is what is said of what is not there."""
    try:
        yield
    except (Refusal, NotFound) as refusal:
        session().rollback()
        is_missing = isinstance(refusal, NotFound) and missing is not None
        click.echo(str(missing if is_missing else refusal), err=True)
        raise click.exceptions.Exit(1) from refusal
