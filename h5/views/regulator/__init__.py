"""Pages of regulators and reviewers."""
