"""Decks on disk: read, write, JSON Schema, the compiled index."""
