"""Accounts: the companies and bodies that we sell to and serve, as a tree, with the names they bear elsewhere."""
