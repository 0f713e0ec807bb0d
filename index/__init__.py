"""What finds: the archive (SQLite), the lexical index (BM25) and the dense index (FAISS)."""
