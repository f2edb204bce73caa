"""代发: wages of released sheets go to the bank in batches, and what became of each payment."""
