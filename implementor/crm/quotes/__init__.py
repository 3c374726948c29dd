"""Prices that customers were offered: in versions, line by line, until one is accepted and becomes an order."""
