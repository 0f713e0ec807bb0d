"""Training of the reader that ``models.reader`` uses."""
