"""投诉: complaints and suggestions, answered by the enterprise or the authority, by the clock."""
