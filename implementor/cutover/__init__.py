"""Going live: the steps of a cutover plan, the night in which it runs, and its rehearsals with times measured."""
