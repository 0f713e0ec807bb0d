"""Examples from which the reader learns: a question, a passage, and where the answer stands."""
