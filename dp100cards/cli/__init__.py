"""The commands: they parse, call and show."""
