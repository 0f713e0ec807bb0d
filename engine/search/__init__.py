"""Hybrid search: the query language, the ranking, and why a hit was found."""
