"""What people do with customers, over all kinds of records: my day, the calendar, and who did how much."""
