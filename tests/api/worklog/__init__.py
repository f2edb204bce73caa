"""The work log over its API."""
