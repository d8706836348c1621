"""Statements: a sentence turned into the question for its object, and into the question for its subject."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dp100cards.generate.distractors import FEWEST, concepts
from dp100cards.generate.draft import Draft
from dp100cards.generate.english import (
    DETERMINERS,
    bare,
    base_form,
    is_third_person,
    lower_first,
    plural,
    sentence,
)
from dp100cards.generate.making import basic, choice
from dp100cards.generate.phrase import category_noun, cut
from dp100cards.generate.questions.gap import STRONG, gap_cards
from dp100cards.generate.shape import shape
from dp100cards.generate.stems import stems
from dp100cards.generate.world import World
from dp100cards.notes.facts import Statement
from dp100cards.notes.vocabulary import AUXILIARIES, PREPOSITIONS, PRONOUNS

_PLACES = re.compile(
    r"\b(?:stored|saved|registered|located|kept|hosted|held|placed|created|logged|recorded"
    r"|written) (?:in|on|at)$"
)
_GIVES_LEAVE = re.compile(
    r"^(lets?|allows?|enables?|helps?) (you|us|users|developers|data scientists|teams) (to )?(.+)$",
    re.IGNORECASE,
)
_ADVERBS = frozenset(
    [
        "only",
        "also",
        "just",
        "usually",
        "often",
        "typically",
        "always",
        "never",
        "automatically",
        "currently",
        "now",
        "then",
        "already",
        "still",
        "mainly",
    ]
)


def statement(fact: Statement, world: World) -> Iterator[Draft]:
    """What does X store? What stores this? And, for what fits no question, a gap."""
    asked = object_question(fact, world)
    if asked:
        yield asked
        reverse = subject_question(fact, world)
        if reverse:
            yield reverse
    least = STRONG if asked else 0.0
    yield from gap_cards(fact, world, fact.sentence, "statement.gap", most=1 if asked else 2, least=least)


def subject_of(fact: Statement, world: World) -> str:
    """The subject as a question names it: a pronoun becomes the concept, a bare name gets its article."""
    said = lower_first(bare(fact.subject))
    first = said.split(maxsplit=1)[0].lower() if said else ""
    if not said or (first in PRONOUNS and len(said.split()) == 1):
        return world.naming.subject(fact.concept) or ""
    if first in DETERMINERS or first in ("you", "we"):
        return said
    if world.key(said) == world.key(fact.concept):
        return world.naming.subject(fact.concept) or world.naming.inside(said)
    return said


def object_question(fact: Statement, world: World) -> Draft | None:
    """The question whose answer is the sentence's object; None where its parts are not known or fit no frame."""
    subject, verb, answer = subject_of(fact, world), fact.verb.strip(), bare(fact.object)
    if (
        not subject
        or not verb
        or not answer
        or len(subject.split()) > 8
        or re.match(r"(?:that|which|who)\b", answer)
    ):
        return None
    person = subject.split()[0].lower() in ("you", "we", "users", "i")
    names = person or stems(fact.concept) & stems(f"{subject} {verb}") or not fact.concept
    lead = "" if names and not person else f"{world.naming.title(fact.concept)}: " if fact.concept else ""
    if person and not lead and not stems(verb):
        return None
    leave = _GIVES_LEAVE.match(f"{verb} {answer}")
    if leave:
        do = "do" if plural(subject) else "does"
        to = f"{leave[2]} to" if leave[3] and base_form(leave[1]) != "help" else leave[2]
        what = f"What {do} {subject} {base_form(leave[1])} {to} do?"
        return _asked(fact, "statement.object", lead + what, leave[4])
    parts = [w for w in verb.split() if w.lower() not in _ADVERBS]
    if not parts:
        return None
    first = parts[0].lower()
    if first in AUXILIARIES and first not in ("cannot", "can't", "isn't", "aren't") and "not" not in parts:
        if len(parts) == 1:
            return _copula(fact, lead, first, subject, answer)
        rest = " ".join(parts[1:])
        if shape(answer) in ("clause", "verb"):
            return None
        if _PLACES.search(rest):
            return _asked(
                fact,
                "statement.where",
                f"{lead}where {first} {subject} {rest.rsplit(' ', 1)[0]}?",
                f"{rest.rsplit(' ', 1)[1]} {answer}",
            )
        if parts[-1].lower() == "to":
            return (
                _asked(fact, "statement.object", f"{lead}what {first} {subject} {rest} do?", answer)
                if shape(answer) == "imperative"
                else _asked(fact, "statement.object", f"{lead}what {first} {subject} {rest}?", answer)
            )
        if parts[-1].lower() not in PREPOSITIONS and (
            parts[-1].endswith("ed") or first in ("is", "are", "was", "were")
        ):
            return None
        return _asked(fact, "statement.object", f"{lead}what {first} {subject} {rest}?", answer)
    if "not" in parts or not (is_third_person(first) or plural(subject) or person or first == "have"):
        return None
    do = (
        "does"
        if (is_third_person(first) and not plural(subject))
        or (is_third_person(first) and first in ("has", "does"))
        else "do"
    )
    rest = " ".join([base_form(first) if is_third_person(first) else first, *parts[1:]])
    if first in ("do", "does", "did"):
        return None
    return _asked(fact, "statement.object", f"{lead}what {do} {subject} {rest}?", answer)


def _copula(fact: Statement, lead: str, verb: str, subject: str, answer: str) -> Draft | None:
    """X is …: "What is X useful for?" where the answer opens so; "What is X?" where it is a noun phrase."""
    if verb not in ("is", "are"):
        return None
    words = lower_first(answer).split()
    form = shape(lower_first(answer))
    if form in ("adjective", "participle"):
        at = next((n for n, w in enumerate(words[:4]) if n and w in PREPOSITIONS), 0)
        if at and len(words) > at + 1 and words[at] not in ("as", "without", "of"):
            where = _PLACES.search(" ".join(words[: at + 1]))
            if where:
                return _asked(
                    fact,
                    "statement.where",
                    f"{lead}where {verb} {subject} {' '.join(words[:at])}?",
                    " ".join(words[at:]),
                )
            return _asked(
                fact,
                "statement.object",
                f"{lead}what {verb} {subject} {' '.join(words[: at + 1])}?",
                " ".join(words[at + 1 :]),
            )
        return None
    if form == "noun" and len(words) > 1:
        return _asked(fact, "statement.object", f"{lead}what {verb} {subject}?", answer)
    return None


def _asked(fact: Statement, rule: str, ask: str, answer: str) -> Draft:
    short, rest = cut(answer)
    explain = sentence(fact.sentence) if rest else ""
    return basic(fact, rule, ask, short, explain=explain)


def subject_question(fact: Statement, world: World) -> Draft | None:
    """The question whose answer is the concept, with options where the notes give them; else None."""
    mine = world.of(fact.concept)
    if mine is None or not fact.subject or not fact.verb or not fact.object:
        return None
    subject = bare(fact.subject).lower()
    own = subject in PRONOUNS or world.key(subject) == world.key(fact.concept)
    if not own or re.search(r"\bnot\b|n't\b|cannot", fact.verb):
        return None
    predicate, _ = cut(f"{fact.verb} {bare(fact.object)}", 18)
    first = predicate.split()[0].lower()
    if (
        len(stems(predicate)) < 3
        or first in ("are", "were", "have", "do")
        or stems(fact.concept) & stems(predicate)
    ):
        return None
    if not (is_third_person(first) or first in AUXILIARIES):
        return None
    wrong = concepts(world, fact, predicate)
    kind = category_noun(fact.category)
    title = world.naming.title(fact.concept)
    if len(wrong) >= FEWEST:
        return choice(fact, "statement.subject", f"Which {kind or 'of these'} {predicate}?", title, wrong)
    return basic(
        fact,
        "statement.subject",
        f"{'Which ' + kind if kind else 'What'} {predicate}?",
        title,
        doubts=("few siblings",),
    )
