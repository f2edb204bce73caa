"""账号: accounts, ways to log in, sessions, consents, roles and the second factor."""
