"""Loopback stand-ins for the outside systems: the same vendor client, another address.

Each vendor module has `build(state) -> Blueprint`. They answer in the vendor's shape, check what
the vendor checks, and can be told through `/_emulator/…` to be slow, wrong or silent
(see `faults`). `python -m tests.emulators` serves all of them over HTTP and HTTPS.
"""
