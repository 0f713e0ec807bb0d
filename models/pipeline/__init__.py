"""The spaCy pipeline for Swedish minutes: used when documents are added, never at a question."""
