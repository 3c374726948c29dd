"""What the people of the CRM ask, report and wish after a release, and what becomes of it."""
