"""What knows language: Swedish analysis, sentences and embeddings."""
