"""Facts to cards: questions, distractors, flaws, and the merge with what is already in the decks."""
