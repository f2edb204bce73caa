"""Cards over their API: issued, lost, replaced, at the gate."""
