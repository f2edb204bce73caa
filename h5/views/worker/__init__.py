"""Pages of a worker."""
