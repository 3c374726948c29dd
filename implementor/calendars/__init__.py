"""Which days people work: countries, their regions and their public holidays."""
