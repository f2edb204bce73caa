"""Gongyou's JSON API and the domain behind it: one Sanic application."""
