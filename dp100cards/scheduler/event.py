"""What happens to a card: events, never changed once they are written. Undo is an event too.

| kind      | means                                                                 | uses            |
| --------- | --------------------------------------------------------------------- | --------------- |
| review    | an answer with a rating that the schedule goes by                     | rating, took    |
| practice  | an answer in a quiz or an exam; the schedule is left alone            | value 0 or 1    |
| suspend   | never ask until unsuspended                                           |                 |
| unsuspend |                                                                       |                 |
| bury      | do not ask before the day `value`                                     | value           |
| unbury    |                                                                       |                 |
| flag      | coloured flag 1–7, 0 takes it away                                    | value           |
| mark      | the learner's own mark, 1 on, 0 off                                   | value           |
| forget    | start again, as a new card; the reviews stay in the log               |                 |
| relearn   | the answer changed: back to learning, today                           |                 |
| doubt     | "this card is bad", said while studying (first edition)               |                 |
| reject    | never ask it, and never build it again                                | key             |
| unreject  | takes the rejection back                                              |                 |
| undo      | takes back the event whose id is `undoes`                             | undoes          |
"""

from __future__ import annotations

from dataclasses import dataclass

from dp100cards.scheduler.days import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event. The store gives `id`, `uid` and `turn` (0 before); a card's events count in their turns."""

    card: str
    kind: str
    moment: Moment
    rating: int = 0
    """1 again, 2 hard, 3 good, 4 easy; 0 where there is none."""
    took: int = 0
    """Milliseconds from the question to the rating."""
    value: int = 0
    answer: str = ""
    """What was answered, as JSON of `cards.Answer`; "" where the learner judged from memory."""
    origin: str = "study"
    origin_id: int | None = None
    """The id that the event has at its origin (Anki's revlog id), so that it is taken in once only."""
    undoes: int | None = None
    key: str = ""
    """Of a rejection: the card's semantic key, "" for a card made by hand."""
    id: int = 0
    uid: int = 0
    turn: int = 0
