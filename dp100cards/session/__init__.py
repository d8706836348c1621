"""A session as a state machine: actions in, state and events out; it knows no terminal."""
