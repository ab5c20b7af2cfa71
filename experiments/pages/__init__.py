"""The page of a comparison: one figure per file, one self-contained page, read from the store alone."""
