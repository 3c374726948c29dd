"""Who answers for what in a rollout: obstacles now; roles, risks and decisions as they come."""
