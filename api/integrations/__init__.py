"""Adapters to outside systems. They know no feature; features and wiring call them."""
