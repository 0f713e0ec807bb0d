"""Answers: what the registers know, else the words of a passage, or silence."""
