"""Accidents: contacts, reports, and the terms of the claim."""
