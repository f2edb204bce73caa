"""The emulators for their own tests."""

from tests.emulators.fixtures import emulators, running_emulators

__all__ = ["emulators", "running_emulators"]
