"""Insurance: who is insured on which day."""
