"""Notes to cards: drafts from what the notes say, then their identity, their deck and the merge with it."""
