"""Questions: for each kind of fact a function that makes its cards, the best first.

Each takes a fact and the world of the notes and yields drafts. It may offer more cards than will be kept, and need
not look for flaws: `generate` does both.
"""
