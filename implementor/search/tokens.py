"""Words as they are indexed and asked for: folded, without accents, the same on both databases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from implementor.foundation.text import clean, folded

LONGEST_TOKEN = 60
MOST_INDEXED = 4000
MOST_ASKED = 8
LONGEST_QUESTION = 400
_TOKEN = re.compile(r"[^\W_]+")
# private-use letters: no text yields them, because they are no letters to the pattern above
_PROJECT_MARK, _KIND_MARK = "\ue000", "\ue001"
NO_WORD = '"\ue002"'
"""A query for SQLite that finds nothing."""


def tokens_of(text: str) -> list[str]:
    """The words of a text in order, folded."""
    return [token[:LONGEST_TOKEN] for token in _TOKEN.findall(folded(clean(text)))]


def asked(text: str) -> list[str]:
    """The words of a question, each once; however long the question is, a few."""
    return list(dict.fromkeys(tokens_of(text[:LONGEST_QUESTION])))[:MOST_ASKED]


def indexed_words(texts: Iterable[str], kind: str, project_id: int | None) -> str:
    """What is stored for the index: marks first, then every word once."""
    unique = dict.fromkeys(token for text in texts for token in tokens_of(text))
    return " ".join([project_mark(project_id), kind_mark(kind), *list(unique)[:MOST_INDEXED]])


def project_mark(project_id: int | None) -> str:
    """The word that every document of a project has."""
    return f"{_PROJECT_MARK}{project_id or 0}"


def kind_mark(kind: str) -> str:
    """The word that every document of a kind has."""
    return f"{_KIND_MARK}{''.join(tokens_of(kind))}"


def index_query(dialect: str, tokens: Sequence[str], prefixes: Sequence[str], any_of: Sequence[Sequence[str]]) -> str:
    """A query of the index of this database: all tokens, all beginnings, and one of each group."""
    return (fts5_query if dialect == "sqlite" else ts_query)(tokens, prefixes, any_of)


def fts5_query(tokens: Sequence[str], prefixes: Sequence[str], any_of: Sequence[Sequence[str]]) -> str:
    """A query for SQLite: all tokens, all beginnings, and one of each group. Quoted, so nothing is an operator."""
    parts = [f'"{token}"' for token in tokens] + [f'"{prefix}"*' for prefix in prefixes]
    parts += ["(" + " OR ".join(f'"{one}"' for one in group) + ")" for group in any_of]
    return " AND ".join(parts)


def ts_query(tokens: Sequence[str], prefixes: Sequence[str], any_of: Sequence[Sequence[str]]) -> str:
    """The same for PostgreSQL; tokens hold letters and digits alone, so quoting is enough."""
    parts = [f"'{token}'" for token in tokens] + [f"'{prefix}':*" for prefix in prefixes]
    parts += ["(" + " | ".join(f"'{one}'" for one in group) + ")" for group in any_of]
    return " & ".join(parts)
