"""Whole audits: time, memory and growth on made documents."""
