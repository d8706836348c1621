"""Decks on disk: read, write, JSON Schema, the compiled index, build, the shipped collection; and blueprints."""
