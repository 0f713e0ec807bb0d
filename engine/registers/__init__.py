"""The registers as people and scripts ask for them: rows, people, tasks and what became of them."""
