"""Tests of the adapters, over loopback HTTP against the emulators."""
