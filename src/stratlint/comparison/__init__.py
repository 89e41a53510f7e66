"""Shared text, similarity and fit between documents."""
