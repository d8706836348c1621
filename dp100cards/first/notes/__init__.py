"""Markdown notes to facts."""
