"""One figure per file; each turns a comparison into a chart."""
