"""Leads: who may become a customer, how marketing and sales bring them on their way, and what they become."""
