"""Answers from the registers: the facts that a question may mean, how well they fit, and their words."""
