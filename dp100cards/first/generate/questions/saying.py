"""Statements: a sentence turned into the question for its object, and into the question for its subject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dp100cards.cards import Choice
from dp100cards.first.generate.concept import ASKED
from dp100cards.first.generate.distractors import FEWEST, concepts
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.english import (
    DETERMINERS,
    bare,
    count_words,
    is_third_person,
    lower_first,
    plural,
    sentence,
)
from dp100cards.first.generate.making import basic, choice
from dp100cards.first.generate.phrase import cut, object_of
from dp100cards.first.generate.questions.about import kind_of, said_of
from dp100cards.first.generate.questions.asked import Asked, Subject
from dp100cards.first.generate.questions.gap import STRONG, gap_cards
from dp100cards.first.generate.questions.predicate import question_for, subject_for
from dp100cards.first.generate.shape import shape
from dp100cards.first.generate.stems import GENERIC_STEMS, stems, telling
from dp100cards.first.generate.world import World
from dp100cards.first.notes.facts import Statement
from dp100cards.first.notes.vocabulary import (
    AUXILIARIES,
    LIGHT_VERBS,
    PREPOSITIONS,
    PRONOUNS,
    SENTENCE_ADVERBS,
    THIRD,
)

_VAGUE = frozenset(
    """there some many several most other another one which what who how when where why both all if as no none neither
    nobody anyone everyone everything nothing something someone anybody everybody whatever whichever only""".split()
)
_JOINS = frozenset(
    "although though while whereas since because unless once despite if when as even given".split()
)
"""Words before a clause that is no statement of its own."""
_DEFINITE = frozenset(["the", "each", "every", "this", "that", "these", "those"])
_ABSTRACT = re.compile(
    r"(?:implementation|operation|execution|creation|access|usage|use|management|configuration|communication|performance"
    r"|security|deployment|data|result|output|input|cost|pricing|support|setup|process)"
)
"""Nouns that say nothing alone: whose implementation?"""
_DOER = re.compile(
    r"(?:[a-z-]+ )*(?!(?:water|power|matter|paper|weather|order|labor|color|error|behavior|layer|number|either|other)$)"
    r"[a-z]{3,}(?:er|or)"
)
"""Something that does something ("local resolver") takes an article where it is one of its kind."""
PERSONS = frozenset({"you", "we", "i", "users", "one"})
_PREPOSITION = re.compile(rf"\b(?:{'|'.join(sorted(PREPOSITIONS))})\b")
_PLACE = re.compile(r"^(.+?) (in|on|at|using|via|through|with|by) (.+)$")


def statement(fact: Statement, world: World) -> Iterator[Draft]:
    """What does X store? What stores this? And, for what fits no question, which one it is said of, and a gap."""
    asked = object_question(fact, world)
    if asked:
        explain = sentence(fact.sentence) if asked.rest else ""
        yield basic(fact, f"statement.{asked.rule}", asked.ask, asked.answer, explain=explain)
        yield from subject_question(fact, world)
        yield from gap_cards(fact, world, fact.sentence, "statement.gap", least=STRONG)
    elif (said := _said_of_itself(fact, world)) and fact.concept:
        anyone = re.match(r"(?:you|we|users)\b", said, re.IGNORECASE) and fact.category in ("", ASKED)
        for draft in said_of(fact, world, said, "statement", fact.sentence):
            # What you can do with one thing, you may be able to do with another: only siblings settle it.
            open_to_all = anyone and isinstance(draft.card, Choice)
            yield replace(draft, doubts=(*draft.doubts, "may hold of others")) if open_to_all else draft
    else:
        yield from gap_cards(fact, world, fact.sentence, "statement.gap")


def _said_of_itself(fact: Statement, world: World) -> str:
    """What the sentence says of the concept, without naming it; "" where it is about something else too."""
    subject = bare(fact.subject).lower()
    if fact.verb and fact.object and (subject in PRONOUNS or world.key(subject) == world.key(fact.concept)):
        return lower_first(f"{fact.verb} {bare(fact.object)}")
    others = [c for c in world.named_concepts(fact.sentence) if c.key != world.key(fact.concept)]
    if others or world.named_in(fact.concept, fact.sentence):
        return ""
    return fact.sentence


_NEEDS_NO_ARTICLE = DETERMINERS | PERSONS
_NO_SUBJECT = PREPOSITIONS | _VAGUE | THIRD


_OPENS_NAME = re.compile(
    r"(?!(?:The|An?|Each|Every|Your|All|This|In|On|For|Multiple|Several|Many|Most|Some|Both|No|Other) )"
    r"[A-Z]\w* (?:\d|[A-Z])"
)


def subject_of(fact: Statement, world: World) -> Subject | None:
    """The subject as a question names it: a pronoun becomes the concept, a bare name gets its article."""
    said = bare(fact.subject)
    proper = _OPENS_NAME.match(said) or world.naming.always_capital(said.split(" ")[0])
    said = said if proper else lower_first(said)
    words = said.lower().split()
    if words[:1] and words[0] in _JOINS:
        return None
    if words and (re.match(r"[\d<>≤≥~]", words[0]) or re.search(r"\s[-–—]$|\s[-–—]\s", said)):
        return None
    if words[:1] == ["all"] and len(words) == 2 and plural(said):
        return Subject(said, "", True)
    if (
        (words and (words[0] in _NO_SUBJECT))
        or count_words(said) > 8
        or ":" in said
        or " - " in said
        or words[-1:] in (["and"], ["or"])
    ):
        return None
    itself = words[:1] and words[0] not in DETERMINERS and world.key(said) == world.key(fact.concept)
    if not words or (words[0] in PRONOUNS and len(words) == 1) or itself:
        return subject_for(fact.concept, world) if fact.concept else None
    if (len(words) > 1 and (words[-1] in PERSONS or words[0] in PRONOUNS)) or "," in said:
        return None
    least = 3 if words[0] == "the" and world.of(said) is None and said.islower() else 2
    leans = (words[0] in _DEFINITE or " the " in f" {said} ") and len(stems(said) - GENERIC_STEMS) < least
    named = (
        world.named_in(fact.concept, f"{said} {fact.verb}")
        or (len(stems(said)) > 1 and not leans)
        or any(c.key != world.key(fact.concept) for c in world.named_concepts(said))
        or (bare(fact.subject)[:1].isupper() and not leans and not _ABSTRACT.fullmatch(said))
    )
    lead = "" if named and words[0] not in PERSONS else f"{world.naming.title(fact.concept)}: "
    if not fact.concept:
        lead = ""
    doing = words[0].endswith("ing") and len(words) > 1 and words[1] in DETERMINERS
    if not doing and words[0] not in _NEEDS_NO_ARTICLE and not plural(said):
        said = world.naming.subject(said) or (f"the {said}" if _DOER.fullmatch(said) else said)
    many = plural(said) or words[0] in PERSONS or _two_named(said)
    return Subject(said, lead, many)


def _two_named(said: str) -> bool:
    """ "OLTP and OLAP systems", but not "the line between rows and columns"."""
    head = _PREPOSITION.split(said, maxsplit=1)[0]
    return " and " in head and plural(head.rpartition(" and ")[2].strip())


def object_question(fact: Statement, world: World) -> Asked | None:
    """The question whose answer is the sentence's object; None where its parts are not known or fit no frame."""
    subject, obj = subject_of(fact, world), bare(fact.object)
    if subject is None or not fact.verb or not obj or (fact.subject and fact.verb[0].isupper()):
        return None
    person = subject.words.split()[0] in PERSONS
    if person:
        place = _where_or_how(fact, subject, obj)
        if place:
            return place
        subject, obj, verb = _tail_first(fact, subject, obj)
    else:
        verb = ""
    asked = _by_what(subject, fact.verb, obj) or question_for(subject, fact.verb, obj, person=person)
    if asked is None:
        return None
    if verb and asked.ask.endswith("?"):
        asked = replace(asked, ask=f"{asked.ask[:-1]} {verb}?")
    elif (subject.lead and world.names_wholly(fact.concept, asked.ask.removeprefix(subject.lead))) or (
        subject.lead and world.named_in(fact.concept, asked.answer) and len(telling(asked.ask)) > 3
    ):
        asked = replace(asked, ask=asked.ask.removeprefix(subject.lead))
    elif subject.lead and stems(fact.concept) and stems(fact.concept) <= stems(asked.answer):
        return None
    own = stems(asked.ask) - stems(" ".join(LIGHT_VERBS))
    return asked if own else None


_BY_WHAT = re.compile(r"^(?P<thing>(?:\S+ ){0,4}?\S+) (?:to|for) (?P<act>[a-z]+ .+)$")


def _by_what(subject: Subject, verb: str, obj: str) -> Asked | None:
    """ "Developers can use AAD to implement logins" → "What can developers use to implement logins?"."""
    modal, _, use = verb.lower().rpartition(" ")
    found = (
        _BY_WHAT.match(obj)
        if use in ("use", "uses") and modal in ("", "can", "could", "should", "must")
        else None
    )
    if not found or shape(found["act"]) != "imperative" or count_words(found["act"]) > 14:
        return None
    asks = f"what {modal or subject.do} {subject.words} use to {found['act']}?"
    return Asked(subject.ask(asks), found["thing"])


_TAIL = re.compile(r"^(.+?) ((?:as|from|in|to|for|into|on|with|of) (?:(?:an?|the|your) )?(\S.*))$")


def _tail_first(fact: Statement, subject: Subject, obj: str) -> tuple[Subject, str, str]:
    """ "You can call X from Azure Notebooks": the tail names the concept, so it goes into the question."""
    head, _ = object_of(obj)
    found = _TAIL.match(head)
    if not found or not fact.concept or stems(found[3]) != stems(fact.concept):
        return subject, obj, ""
    return replace(subject, lead=""), found[1], found[2]


def _where_or_how(fact: Statement, subject: Subject, obj: str) -> Asked | None:
    """ "You can create a workspace in the portal" → "Where can you create a workspace?", where that is the concept."""
    found = _PLACE.match(object_of(obj)[0])
    verb = [word for word in fact.verb.lower().split() if word not in SENTENCE_ADVERBS]
    if (
        not found
        or len(verb) != 2
        or verb[0] not in AUXILIARIES
        or not stems(found[1]) <= stems(fact.concept)
    ):
        return None
    how = "where" if found[2] in ("in", "on", "at") else "how"
    return Asked(f"{how} {verb[0]} {subject.words} {verb[1]} {found[1]}?", f"{found[2]} {found[3]}", rule=how)


def subject_question(fact: Statement, world: World) -> Iterator[Draft]:
    """The question whose answer is the concept, where the concept is the subject and can be told from what is said."""
    subject = bare(fact.subject).lower()
    if subject not in PRONOUNS and world.key(subject) != world.key(fact.concept):
        return
    predicate, _ = cut(f"{lower_first(fact.verb)} {bare(fact.object)}", 18)
    first = predicate.split()[0].lower()
    if re.search(r"\bnot\b|n't\b|cannot", predicate) or first in ("are", "were", "have", "do"):
        return
    if len(stems(predicate)) < 3 or stems(fact.concept) & stems(predicate):
        return
    if not (is_third_person(first) or first in AUXILIARIES):
        return
    wrong = concepts(world, fact, predicate)
    title = world.naming.title(fact.concept)
    kind = kind_of(fact, world, title, wrong)
    if len(wrong) >= FEWEST:
        yield choice(fact, "statement.subject", f"Which {kind or 'of these'} {predicate}?", title, wrong)
    else:
        who = f"Which {kind}" if kind else "What"
        yield basic(fact, "statement.subject", f"{who} {predicate}?", title, doubts=("few siblings",))
