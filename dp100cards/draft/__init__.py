"""Cards drafted by an assistant: the prompt for it, and the proof of what it replies."""
