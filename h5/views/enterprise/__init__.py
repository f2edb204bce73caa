"""Pages of an enterprise's staff."""
