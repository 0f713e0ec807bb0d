"""The reader: a small model that says where in a passage the answer to a question stands, if it does."""
