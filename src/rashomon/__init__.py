"""Rashomon: many accounts, one event."""
