"""The text of a kept statement is found by the statement, that of any other by its parts, and never another's."""

from typing import Any

from sqlalchemy import Select, bindparam, create_engine, literal, select
from sqlalchemy.engine import Connection
from sqlalchemy.pool import StaticPool

from implementor.foundation import compiled
from implementor.foundation.compiled import Texts


class Watched(Texts):
    """Notes which statements were looked up by their parts."""

    def __init__(self) -> None:
        super().__init__()
        self.compared = 0

    @property
    def _data(self) -> Any:
        self.compared += 1
        return self._kept

    @_data.setter
    def _data(self, kept: Any) -> None:
        self._kept = kept


def opened(texts: Texts) -> Connection:
    engine = create_engine("sqlite://", poolclass=StaticPool, execution_options={"compiled_cache": texts})
    return engine.connect()


def test_a_kept_statement_is_found_at_once_and_answers_with_its_own_values() -> None:
    texts = Watched()
    kept = select((literal(1) + bindparam("more")).label("sum"))
    with opened(texts) as connection:
        first = [connection.execute(kept, {"more": more}).scalar() for more in (1, 2, 3)]
        compared, answers = texts.compared, [connection.execute(kept, {"more": more}).scalar() for more in (4, 5)]
    assert (first, answers, texts.compared) == ([2, 3, 4], [5, 6], compared)


def test_what_is_made_out_of_a_kept_statement_or_asked_in_another_way_is_another() -> None:
    texts = Texts()
    kept: Select[*tuple[Any, ...]] = select(literal(1).label("one"), bindparam("more", 5).label("more"))
    with opened(texts) as connection:
        for _ in range(3):
            assert tuple(connection.execute(kept).one()) == (1, 5)
            assert tuple(connection.execute(kept.add_columns(literal(2))).one()) == (1, 5, 2)
            assert connection.execute(kept.where(literal(1) == 2)).all() == []
            assert tuple(connection.execute(kept, {"more": 6}).one()) == (1, 6)
    again = create_engine("sqlite://", execution_options={"compiled_cache": texts})
    with again.connect() as connection:
        assert tuple(connection.execute(kept).one()) == (1, 5)


def test_no_more_are_found_at_once_than_there_is_room_for(monkeypatch: Any) -> None:
    monkeypatch.setattr(compiled, "MOST_AT_ONCE", 2)
    texts, statements = Texts(), [select(literal(number), *[literal(1)] * number) for number in range(1, 6)]
    with opened(texts) as connection:
        for _ in range(3):
            assert [connection.execute(one).one()[0] for one in statements] == [1, 2, 3, 4, 5]
    assert len(texts._at_once) <= 2
