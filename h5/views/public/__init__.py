"""Pages for everybody: login, codes, assets."""
