"""One section per file; each says in words and tables what its figures show."""
