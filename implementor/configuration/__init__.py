"""The configuration of the CRM as it is live: lists of words, pipelines and access rules, kept as rows."""
