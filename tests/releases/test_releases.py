"""The settings of a wave go live with it: planned, tried, applied in one piece, and rolled back as one."""

from flask import Flask

from tests.releases.release_builders import shop
from tests.waves.builders import story_now, wave_now


def test_settings_go_live_with_their_wave_and_back_with_its_release(app: Flask) -> None:
    made, (story,) = shop(app, "See the industry")
    first = made.words()
    made.new_word(story, "Space travel", "Viajes espaciales")
    held = made.account("Acme", first[0])
    made.retired(story, first[0], answers={"held": made.word(first[1]).uid})
    made.close()
    release = made.release()
    assert made.words() == [*first[1:], "space_travel"]
    assert made.industry_of(held) == first[1]
    assert (release.operation_count, release.row_count, release.state) == (2, 1, "applied")
    assert wave_now(made.here).stage == "adoption"
    made.roll_back()
    assert set(made.words()) == set(first)
    assert made.industry_of(held) == first[0]
    assert story_now(made.here, story).status == "validated"
    assert wave_now(made.here).stage == "implementation"
    made.close()
    assert made.release(2).operation_count == 2
    assert "space_travel" in made.words()
