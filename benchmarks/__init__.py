"""Measurements: each module prints its figures, speed as a ratio to a named peer in the same run."""
