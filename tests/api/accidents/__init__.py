"""Complaints over their API: filing, the clocks, who may see what."""
