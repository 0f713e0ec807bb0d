"""Trains the reader: questions, passages and answer spans, an encoder with a span head."""
