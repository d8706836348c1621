"""When to ask: the FSRS engine, the queue of the day, the forecast."""
