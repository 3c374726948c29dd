"""What can happen to duplicates: being told apart, becoming one record, becoming two again."""
