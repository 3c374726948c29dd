"""What the CRM does by itself: texts that are filled in from records, and rules of when and then with their runs."""
