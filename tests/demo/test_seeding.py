"""What the command that builds the demo world leaves unsaid."""

import logging

from implementor.demo.cli import quiet


def test_inventing_people_is_no_news_but_warnings_are() -> None:
    log = logging.getLogger("implementor.of_this_test")
    before = log.isEnabledFor(logging.INFO)
    with quiet():
        assert not log.isEnabledFor(logging.INFO)
        assert log.isEnabledFor(logging.WARNING)
    assert log.isEnabledFor(logging.INFO) == before
