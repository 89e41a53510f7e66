"""Sectors, places, actors and commitments in text."""
