"""What a flaw is, and all of them: code, hard or soft, and what it means to the learner.

The codes stand for the rules H1–H28 and S1–S9 of the project's study of flashcard quality, and for the nineteen
item-writing flaws of the literature (Tarrant et al. 2006; Haladyna, Downing and Rodriguez 2002), as far as a program
can see them. A hard flaw keeps a generated card out of a deck; a soft one makes it wait for the learner's yes.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Flaw:
    """One flaw of one card. `detail` names the words that show it."""

    code: str
    hard: bool
    message: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.message} ({self.detail})" if self.detail else self.message


CODES: dict[str, tuple[bool, str]] = {
    # wording of a question and its answer
    "short-question": (True, "the question has fewer than three words"),
    "long-question": (True, "the question has more than 30 words or 250 characters"),
    "wordy-question": (False, "the question has more than 22 words"),
    "long-answer": (True, "the answer has more than 30 words"),
    "wordy-answer": (False, "the answer has more than 20 words"),
    "not-a-question": (True, "it asks nothing: no question mark, no question word"),
    "no-concept": (True, "it does not say what it is about"),
    "dangling-pronoun": (True, "a pronoun stands for nothing that the card names"),
    "lost-reference": (True, "it points to words that are not on the card"),
    "answer-in-question": (True, "the question holds its answer"),
    "empty": (True, "a side of the card is empty"),
    "link": (True, "a link or an image stands in the text"),
    "markup": (True, "markup or leftovers of it stand in the text"),
    "unbalanced": (True, "a bracket or a quotation mark is opened and not closed, or closed and not opened"),
    "doubled-word": (True, "a word stands twice in a row"),
    "a-or-an": (True, "“a” and “an” are mixed up"),
    "small-letter": (False, "it begins with a small letter"),
    "invented": (True, "the answer says what the note does not"),
    "metadata": (True, "it is about the course or the note, not about the subject"),
    "two-facts": (False, "the answer holds more than one fact"),
    "generic-question": (False, "the question would fit almost anything"),
    "vague-answer": (False, "the answer says next to nothing"),
    "opinion": (False, "it is an opinion and is not marked as advice"),
    # against the other cards of the deck
    "two-answers": (True, "another card asks the same and has another answer"),
    "near-duplicate": (False, "another card asks nearly the same"),
    # cloze
    "no-gap": (True, "nothing is hidden"),
    "many-gaps": (False, "more than one thing is hidden"),
    "weak-gap": (True, "what is hidden is a word that nobody needs to know"),
    "long-gap": (True, "more than five words are hidden"),
    "thin-cloze": (True, "too few words stand around the gap to know what is asked"),
    "gap-visible": (True, "the hidden words stand elsewhere on the card"),
    "gap-in-token": (True, "the gap cuts through a word, a path or a version"),
    "long-cloze": (True, "the statement has more than 40 words"),
    "ragged-gap": (False, "the hidden words begin or end with a small word"),
    # options
    "option-count": (True, "too few options, or too many"),
    "no-right-option": (True, "no option is right, or all are"),
    "two-keys": (True, "a choice has more than one right option"),
    "same-options": (True, "two options are the same, or one is another in other words"),
    "second-key": (True, "a wrong option may be right by what the notes say"),
    "none-or-all": (True, "“none of the above” or “all of the above” is an option"),
    "true-false-options": (True, "the options are only “true” and “false”"),
    "combined-options": (True, "an option is a combination of others"),
    "negative-question": (True, "the question asks for what is not so"),
    "fill-in-question": (True, "the question is a sentence with a hole"),
    "longest-key": (False, "the right option is clearly the longest"),
    "uneven-options": (False, "the options differ much in length"),
    "word-repeat": (False, "a word of the question stands in the right option only"),
    "convergence": (False, "the right option shares the most words with the others"),
    "grammar-cue": (False, "the grammar or the look of the right option sets it apart"),
    "absolute-term": (False, "an absolute word stands in some options and not in all"),
    "vague-term": (False, "a vague word stands in an option"),
    "lost-sequence": (False, "figures are not in order"),
    "no-because": (False, "a wrong option does not say why it is wrong"),
    "number-untold": (False, "the question does not say how many options are right"),
    "few-wrong": (True, "a multiple-response item has too few wrong or right options"),
    # order, match, statements, code
    "step-count": (True, "an order card has fewer than three steps or more than seven"),
    "same-steps": (True, "two steps are the same"),
    "pair-count": (True, "a match card has fewer than three pairs or more than six"),
    "same-pairs": (True, "two left sides or two right sides are alike"),
    "one-sided": (True, "all statements of the series are true, or all are false"),
    "no-blank": (True, "no blank stands in the code"),
}  # fmt: skip


def flaw(code: str, detail: str = "") -> Flaw:
    """The flaw with this code."""
    hard, message = CODES[code]
    return Flaw(code, hard, message, detail)


def in_words(doubt: str) -> str:
    """A doubt about a card as a reader understands it: a flaw's code becomes what it means."""
    return CODES[doubt][1] if doubt in CODES else doubt
