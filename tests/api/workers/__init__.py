"""Tests of registration, verification, codes and workers' records."""
