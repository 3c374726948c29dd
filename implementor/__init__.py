"""Implementor: plans, governs and carries out CRM rollouts, with the CRM in one program."""
