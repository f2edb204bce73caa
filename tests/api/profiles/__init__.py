"""Profiles: the record, corrections, the résumé."""
