"""What fills the projects of the world beyond stories and waves, in its order."""

from __future__ import annotations

from tests.security.world_adoption import add_adoption
from tests.security.world_audiences import add_audiences
from tests.security.world_committees import add_committees
from tests.security.world_cutover import add_cutover
from tests.security.world_direction import add_direction
from tests.security.world_finance import add_money
from tests.security.world_gates import add_gates
from tests.security.world_governance import add_records
from tests.security.world_incentives import add_incentives
from tests.security.world_items import add_items
from tests.security.world_migrations import add_migrations
from tests.security.world_planning import add_scope_change, add_snapshots
from tests.security.world_releases import add_releases
from tests.security.world_retrospectives import add_retrospectives
from tests.security.world_scenarios import add_scenarios
from tests.security.world_status import add_reports
from tests.security.world_support import add_requests
from tests.security.world_surveys import add_surveys
from tests.security.world_training import add_training

OF_ROLLOUT = (
    add_records,
    add_direction,
    add_migrations,
    add_gates,
    add_money,
    add_committees,
    add_reports,
    add_releases,
    add_items,
    add_scenarios,
    add_snapshots,
    add_scope_change,
    add_audiences,
    add_training,
    add_requests,
    add_cutover,
    add_surveys,
    add_adoption,
    add_incentives,
    add_retrospectives,
)
