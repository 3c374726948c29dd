"""How the records of governance are found, one module for each noun."""

from implementor.governance.queries.obstacles import (
    obstacle_in_scope,
    obstacle_with_people,
    obstacles_in_use,
    open_obstacles_by_severity,
    open_obstacles_of_person,
    person_in_role,
    titles_of_obstacles,
)

__all__ = [
    "obstacle_in_scope",
    "obstacle_with_people",
    "obstacles_in_use",
    "open_obstacles_by_severity",
    "open_obstacles_of_person",
    "person_in_role",
    "titles_of_obstacles",
]
