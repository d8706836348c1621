"""When to ask: the FSRS engine, its parameters fitted, the queue of the day, the way to the exam."""
