"""What the learner has done, in SQLite."""
