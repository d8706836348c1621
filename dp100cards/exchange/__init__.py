"""Out to other programs, and back."""
