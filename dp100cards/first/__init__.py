"""Rooms of the first edition, until the new ones are better."""
