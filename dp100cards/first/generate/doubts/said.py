"""Doubts about a question and its answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dp100cards.cards import Basic
from dp100cards.first.generate.aspects import EVERYWHERE
from dp100cards.first.generate.doubts.defined import names_it, of_what_is_told
from dp100cards.first.generate.doubts.phrased import of_a_question, of_a_statement, of_a_subject, of_a_verb
from dp100cards.first.generate.doubts.words import (
    breaks_off,
    is_clause,
    leans_back,
    no_noun,
    noisy,
    speaks_of_itself,
    two_acts,
)
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.english import bare, count_words, lower_first, plural
from dp100cards.first.generate.shape import shape
from dp100cards.first.generate.stems import GENERIC_STEMS, stems
from dp100cards.first.generate.world import World
from dp100cards.first.notes.any_case import AnyCase
from dp100cards.first.notes.facts import (
    Abbreviation,
    Advice,
    Definition,
    Description,
    Fact,
    Row,
    Statement,
    Use,
)
from dp100cards.first.notes.grammar import has_verb
from dp100cards.first.notes.verb import SURELY_THIRD
from dp100cards.first.notes.vocabulary import BASE, PREPOSITIONS

_COUNTS = re.compile(r"(?:two|three|four|five|six|seven|several|many|various|\d)\s+[a-z-]+", re.IGNORECASE)
_SPLICED = re.compile(
    r", ((?:the|it|they|this|you|we|an?"
    r"|(?-i:[A-Z])\w+ (?:will|is|are|can|has|does)) (?:(?!\b(?:that|which|who)\b)[^,])+)$",
    re.IGNORECASE,
)
_SECOND = re.compile(r" (?:or|and) ([a-z]+s) (?:for|to|the|an?|its|in|on)\b")
_MANY = re.compile(r"(?:(?:a lot|lots|plenty) of |(?:getting|being) \w+ed\b)", re.IGNORECASE)
_ADVERB = re.compile(
    r"(?!Only\b)[A-Z][a-z]+ly(?:$| (?:unless|when|if|by|in|with|to|for|as|through|after|before|without|via|an?|the)\b)"
)
_LEANS_ON = re.compile(r"\b(?:their|they|them|its|(?<!is )it)\b")
_NO_DEFINITION = re.compile(
    r"(?:always|never|remember|note|make sure|once|when|if|after|before|because|right after|only|also"
    r"|the (?:(?:first|last) (?:two|three|four)|following|above)|the (?:\w+er|more|less) the"
    r"|unlike|like|instead|up to|more than|less than"
    r"|(?:additional|extra|higher|lower) (?:costs?|fees?|price)|\d)",
    re.IGNORECASE,
)
_DOING = re.compile(r"[A-Z][a-z]+ing (?:the|an?|and|your|of|multiple|[A-Z]\w*|[a-z]+s)\b")
_WITH_RELATIVE = re.compile(r"\b(?:that|which|who|when|if|where)\b")
_MAIN = re.compile(r"\b(?:that|which|who|where|when|to|used|for|in|on)\b|[(;]")
_QUALITY = re.compile(
    r"[A-Z][a-z]+(?:ally|ely|ously|antly|ently|edly|ibly|ably|fully) [a-z]"
    r"|[A-Z][a-z]+(?:ble|ous|ful|less) (?:in|to|for|by|with|at|on) "
)
"""How a quality begins, and no thing: "Insoluble in water", "Loosely attached to"."""
_TELLING = re.compile(r"\d|[a-z] [A-Z]|[A-Z]{2,}")


def doubts(draft: Draft, world: World) -> Iterator[str]:
    """Why a question, or its answer, may be clumsy or unclear."""
    card, fact = draft.card, draft.fact
    assert isinstance(card, Basic)
    if isinstance(fact, Abbreviation):
        return
    ask, answer = card.ask, card.answer.rstrip(".")
    yield from _of_both(ask, answer, draft)
    yield from of_a_question(ask, draft.rule)
    yield from _of_an_answer(answer, draft)
    if draft.rule.startswith("statement."):
        yield from of_a_statement(ask, answer, fact.concept)
        yield from of_a_subject(draft, world)
    if draft.rule.endswith((".property", ".object")):
        yield from of_a_verb(ask, answer, draft, world)
    if draft.rule.endswith(".which") or draft.rule == "statement.subject":
        yield from _of_a_reverse(ask, answer)
    reverse = draft.rule.endswith((".which", ".subject", ".matrix"))
    if isinstance(fact, Definition | Description | Use | Row) and not reverse:
        yield from _of_a_thing(answer, draft, world)
    if draft.rule in ("definition.what", "description.what"):
        yield from _of_a_definition(answer, fact)


_LEANS = re.compile(r"(?:It|This|These)\b")


def _of_both(ask: str, answer: str, draft: Draft) -> Iterator[str]:
    fact = draft.fact
    personal = speaks_of_itself(f"{ask} {answer}") and not isinstance(fact, Advice)
    if personal or any(noisy(text) for text in (fact.concept, ask, answer)):
        yield "not a plain statement"
    if leans_back(ask) or leans_back(answer):
        yield "leans on another sentence"
    leaning = _LEANS.match(answer)
    if draft.rule == "cause.why" and (
        (": " in ask and "is it " not in ask) or count_words(f"{ask} {answer}") > 32
    ):
        yield "a long reason"
    if draft.rule == "consequence.when" and count_words(ask) > 12:
        yield "a long condition"
    if draft.rule == "cause.why" and (leaning or _LEANS_ON.search(ask)):
        yield "leans on another sentence"
    if two_acts(ask) or (two_acts(answer) and draft.rule != "enumeration.name"):
        yield "two things at once"


_VERBS = BASE | {"know", "see", "be"}


def _of_an_answer(answer: str, draft: Draft) -> Iterator[str]:
    fact = draft.fact
    if (spliced := _SPLICED.search(answer)) and has_verb(spliced[1]):
        yield "two things at once"
    second = _SECOND.search(answer)
    if second and second[1] in SURELY_THIRD and not _WITH_RELATIVE.search(answer[: second.start()]):
        yield "two things at once"
    if breaks_off(answer) or (isinstance(fact, Statement) and _ends_undone(answer)):
        yield "the answer breaks off"
    if _MANY.match(answer):
        yield "the answer counts and does not name"
    if _ADVERB.match(answer) and draft.rule.endswith((".object", ".property")):
        yield "the answer is a fragment"
    if answer.startswith("Their "):
        yield "leans on another sentence"
    if answer.lower().startswith("the following"):
        yield "the answer counts and does not name"
    if _COUNTS.match(answer) and ":" not in answer and not has_verb(answer):
        yield "the answer counts and does not name"
    if draft.rule == "advice.what" and len(answer.split()) < 3:
        yield "the answer is a fragment"
    if len(answer.split()) == 1 and answer.lower() in _VERBS:
        yield "the answer is a fragment"
    if isinstance(fact, Use):
        yield from _of_a_use(draft.card.ask, answer)
    if isinstance(fact, Use) and has_verb(answer) and not _WITH_RELATIVE.search(answer):
        yield "two things at once"


_A_NAME = re.compile(r"[A-Z][\w.]*(?: [A-Z][\w.]*)+")
_USEFUL = AnyCase(r"\b(?:useful|good|great|ideal|helpful|perfect) (?:for|in|with)\?$")


def _of_a_use(ask: str, answer: str) -> Iterator[str]:
    """ "SQL Server ML Services: what is it for?" "To analyze data on SQL Server"; and what much else is useful for."""
    if any(found in ask for found in _A_NAME.findall(answer.removeprefix("To "))):
        yield "the answer names what is asked about"
    if "!" in answer:
        yield "not a plain statement"
    if _USEFUL.search(ask) and len(stems(answer) - GENERIC_STEMS) < 3:
        yield "the question could mean anything"


def _of_a_thing(answer: str, draft: Draft, world: World) -> Iterator[str]:
    """What is told of a concept must not name it again, and the concept must be one."""
    fact = draft.fact
    own = lower_first(answer).split()[: count_words(fact.concept)]
    if fact.concept.lower().strip("`") in answer.lower() or world.key(" ".join(own)) == world.key(
        fact.concept
    ):
        yield "the answer names what is asked about"
    if fact.concept.lower() in EVERYWHERE and isinstance(fact, Definition | Description | Row):
        yield "asks about no thing"
    if isinstance(fact, Row) and re.fullmatch(
        r"(?:non-)?\w+(?:al|ive|able)", draft.item.strip(), re.IGNORECASE
    ):
        yield "asks about no thing"
    if isinstance(fact, Row) and fact.heading and not world.rows_near(fact) and len(fact.cells) > 1:
        yield "one row alone is an example"
    if isinstance(fact, Row) and re.search(
        r"(?:^What (?:is|are) [^?]*|what (?:is it|are they))\?$", draft.card.ask
    ):
        item = next((h for h, _ in fact.cells if h == draft.item), "")
        if _WHAT_HEADER.match(item) and _tells(answer.lstrip("'‘“\"")):
            yield "the answer is a fragment"
    sorted_by = f" the {fact.concept} " in draft.card.ask  # "the Hot tier"
    if draft.rule.endswith((".what", ".property", ".cell")) and no_noun(fact.concept) and not sorted_by:
        yield "asks about no thing"


_WHAT_HEADER = re.compile(r"^(?:description|definition|meaning|what.*|explanation|details?)$", re.IGNORECASE)


def _tells(answer: str) -> bool:
    """Is it no noun phrase but a sentence, or the rest of one: "Used to pay", "The portal shows each bill"?"""
    form = shape(lower_first(bare(answer)))
    done = _DONE.match(answer) or form not in ("noun", "gerund", "adjective")
    return bool(done) or has_verb(_MAIN.split(answer)[0])


_DONE = re.compile(r"\w{2,}[^e]ed (?:for|by|to|with|in|from|as|at|on|into) ", re.IGNORECASE)


def _of_a_reverse(ask: str, answer: str) -> Iterator[str]:
    """Which concept is it? What is told of it must be enough, and not name it."""
    quoted = re.search(r"“([^”]+)”", ask)
    if quoted and _QUALITY.match(quoted[1]):
        yield "the description is a fragment"
    if quoted and (shape(lower_first(quoted[1])) == "preposition" or _NO_DEFINITION.match(quoted[1])):
        yield "the description is a fragment"
    if sum(letter.isalnum() for letter in answer) < 2:
        yield "asks about no thing"
    if quoted and no_noun(answer):
        yield "asks about no thing"
    told = stems(ask) - GENERIC_STEMS - {"concept"}
    if len(told) < 2:
        yield "says little"
    if (stems(answer) - GENERIC_STEMS) & stems(ask):
        yield "the question names its answer"


def _ends_undone(answer: str) -> bool:
    """Does an answer end in a verb without its object: "Notebooks to create"?"""
    found = re.search(r"\bto ([a-z]+)$", answer)
    return bool(found and found[1] in BASE and found[1] not in ("run", "scale", "work", "interact", "use"))


_JOINT = re.compile(r" (?:and|&) ")
_SEE = re.compile(r"(?:See|View|Show|Rate|Track|Stay|Weights?) [a-z]")


def _of_a_definition(answer: str, fact: Fact) -> Iterator[str]:
    form = shape(lower_first(bare(answer)))
    verb_first = form in ("imperative", "verb", "modal", "clause", "preposition")
    process = re.search(r"(?:ing|tion|ment|ance|ence|sis|ity|ism|ics|ure|al|cy|ry)\b", fact.concept.lower())
    doing = form == "gerund" and _DOING.match(answer) and (plural(fact.concept) or not process)
    first = answer.lower().split()[:1]
    fragment = (verb_first and not fact.concept.lower().endswith("ing")) or doing
    fragment = fragment or form == "adjective" or is_clause(answer)
    fragment = fragment or bool(_QUALITY.match(answer))
    if re.fullmatch(r"[a-z]\w?|[A-Z]\d?|\w_\w+", fact.concept):
        yield "stands under no name of a thing"
    yield from of_what_is_told(answer, fact)
    if isinstance(fact, Definition | Description) and _JOINT.search(fact.concept) and not names_it(fact):
        yield "stands under no name of a thing"
    if fragment or _SEE.match(answer) or _NO_DEFINITION.match(answer) or (first and first[0] in PREPOSITIONS):
        yield "the answer is a fragment"
    if len(stems(answer) - GENERIC_STEMS) < 2 and count_words(answer) < 5 and not _TELLING.search(answer):
        yield "says little"
    main = _MAIN.split(re.sub(r"\([^)]*\)", "", answer))[0]
    if has_verb(main) and (
        stems(fact.concept) & stems(main) or re.match(r"(?:the|an?)\b", main, re.IGNORECASE)
    ):
        yield "the answer is a whole sentence"
