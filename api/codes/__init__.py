"""Dictionaries 字典: versioned code lists of the national and provincial platforms, and regions."""
