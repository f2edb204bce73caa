"""审计: what was done, by whom, on what, append-only in a hash chain."""
