"""Markdown notes read: blocks with their lines, explicit questions, and facts from structure."""
