"""Tests of the inbox and of text messages."""
