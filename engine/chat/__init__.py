"""A conversation with an archive."""
