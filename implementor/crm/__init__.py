"""The CRM that the rollout configures: its records, by kind, on shared ground in `records`."""
