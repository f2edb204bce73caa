"""进退场: contracts, the check before entry, entries, exits and their ledger."""
