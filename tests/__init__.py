"""The tests: `api/`, `h5/`, emulators, journeys and guards."""
