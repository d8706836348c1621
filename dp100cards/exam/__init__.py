"""The mock exam: blueprint, draw, sitting, score."""
