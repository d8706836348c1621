"""dp100cards: notes become cards, cards become memory, memory passes the exam."""

__version__ = "0.2.0"
