"""Facts of sentences and of terms: what stands on one line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dp100cards.notes.blocks import Block
from dp100cards.notes.fact import Facts, Spot
from dp100cards.notes.inline import bare, plain, sentences
from dp100cards.notes.lists import (
    abbreviations,
    arrows,
    contrasts,
    inline_items,
)
from dp100cards.notes.sentences import FIT, PRONOUN, sentence_parts
from dp100cards.notes.words import (
    ACTION_FORMS,
    ACTIONS,
    LISTS,
    SMALL,
    THIRD,
    VERBS,
    is_clause,
    is_name,
    is_participle,
    is_plural,
    lower,
    third,
)

READS_ON = re.compile(r"\b(?:of|for|that|which|to|between|in|from|by|where|who)\b")
TODAY = re.compile(r"Today(?: \(([\d-]{4,10})\))?:\s*", re.IGNORECASE)
SAID_BY = re.compile(r"\s*\(Sources?: .*\)\s*\Z", re.DOTALL)
INSTEAD = re.compile(
    r"(.+?) (?:is|are|was|were|has been|have been|ended|will be)\b.*?[;,.] (?:please )?use (.+?) instead\b",
    re.IGNORECASE,
)
DATED_EVENT = re.compile(
    r"((?:[A-Z][\w'’-]+ ){1,4}(?:Act|Wars?|Treaty|Battle|Conference|Pact|Movement|Putsch|Revolution|Crash|March|Plan|Day|Monday|Tuesday"
    r"|Massacre|Crisis|Agreement|Revolt|Rebellion|Compromise|Purchase|Doctrine|Declaration|Constitution|Reform|Congress|League))"
    r" \(((?:c\. ?)?(?:\d{1,2} )?(?:[A-Z][a-z]+ )?\d{3,4}(?:\s?[–-]\s?\d{2,4})?)\)"
)


def abbreviation_facts(facts: Facts, spot: Spot, text: str) -> None:
    """Short names that a text introduces in brackets, each once a note."""
    for short, full in abbreviations(text):
        if short not in facts.short_names:
            facts.short_names.add(short)
            quote = next((each for each in sentences(text) if short in each), text[:200])
            facts.keep(spot, quote, "abbreviation", short, full, about=short)


def sentence_facts(facts: Facts, spot: Spot, said: Sequence[str], block: Block | None = None) -> None:
    """Each sentence by itself; "it" stands for the subject only while every sentence had that subject."""
    lines = block.text.split("\n") if block else []
    for sentence in said:
        places = (n for n, line in enumerate(lines) if sentence[:16] in bare(line))
        at = next(places, 0) if len(lines) > 1 else 0
        here = replace(spot, lines=(spot.lines[0] + at, spot.lines[1]))
        facts.said.append((here.lines, sentence))
        before = len(facts.facts)
        if not sentence_fact(facts, here, sentence):
            spot = replace(spot, about="")
        if len(facts.facts) == before and "**" in spot.raw:
            _bold(facts, here, sentence)


def sentence_fact(facts: Facts, spot: Spot, sentence: str) -> bool:
    """Read one sentence; does it keep to the subject?"""
    talks = any(talk in sentence.lower() for talk in LISTS["talk"])
    if talks or len(sentence) > 400 or re.match(r"(?i)(?:that|it|there|here|what|who)['’]s\b", sentence):
        return False
    if colon := re.match(r"(.{6,90}?:)\s+(.+)", sentence):
        items = inline_items(colon[2])
        if items and facts.list_fact(replace(spot, about=""), colon[1], items, spot.concept):
            return False
    parts = sentence_parts(sentence, facts.index.with_article(spot.about) if spot.about else "")
    if parts:
        facts.keep(replace(spot, about=""), plain(sentence), **parts)
    return bool(parts and spot.about) and spot.about.lower() in (parts or {}).get("subject", "").lower()


def _dated(facts: Facts, spot: Spot, text: str) -> None:
    """`Munich Agreement (1938)`: when something was."""
    for name, when in DATED_EVENT.findall(text):
        first, _, rest = name.partition(" ")
        shown = rest if first.lower() in LISTS["leaders"] else name
        facts.keep(spot, f"{name} ({when})", "when", shown, when, about=shown)


def _bold(facts: Facts, spot: Spot, sentence: str) -> None:
    """A short bold name inside a sentence is a gap that the learner marked."""
    words = sentence.split()
    if not 8 <= len(words) <= 25 or sentence.endswith(":") or "$" in sentence or not is_clause(sentence):
        return
    if words[0].lower() in ACTIONS | LISTS["leaders"] - {"many", "most", "one", "some", "in", "at", "when"}:
        return
    for name in re.findall(r"\*\*([^*\n]{2,50}[^*\n:?.])\*\*", spot.raw):
        called = re.search(rf"(?:called|known as|named) (?:an? |the )?{re.escape(name)}", sentence)
        telling = called or not name.islower() or (" " in name and name[0].isalpha())
        if telling and sentence.count(name) == 1 and len(name.split()) <= 4 and is_name(name):
            facts.keep(spot, sentence, "bold", name, name, about=spot.concept)
            return


def definition_fact(facts: Facts, spot: Spot, name: str, sentence: str, kind: str) -> bool:
    """The first words under a heading, or behind a term, if they say what it is."""
    text = re.sub(r"\A(?:Is|Are|This is|These are|It is|It's|They are) ", "", sentence.rstrip(" .;"))
    words = text.split()
    first = words[0].lower().strip(",") if words else ""
    named = _after_name(text, name)
    if not words or len(words) > 32:
        return False
    if named:
        text = named
    elif first in ("a", "an", "the", "one", "any"):
        if len(words) < 3 or is_clause(text) or words[-1].endswith("ed"):
            return False
        if kind == "definition" and first == "the" and not READS_ON.search(text):
            return False
    elif kind == "term" or first in LISTS["leaders"] | ACTION_FORMS or not _noun_phrase(text, name):
        return False
    facts.keep(spot, plain(sentence), kind, facts.index.with_article(name), text, about=name)
    return True


def _noun_phrase(text: str, name: str) -> bool:
    """Without an article only a short noun phrase says what something is: "Azure based Jupyter notebooks"."""
    words = text.split()
    if not 2 < len(words) <= 14 or "," in text or is_clause(text) or sentence_parts(text, ""):
        return False
    if re.search(r"\w{3}ed\b(?! (?:by|on|in|to|for))", " ".join(words[2:])):
        return False
    of = re.match(r"(?:[\w'’-]+ ){1,3}(?:of|for|that|which|to|between|from)\b", text)
    return bool(of or set(words) & set(name.split()))


def _after_name(text: str, name: str) -> str:
    """What follows "The NAME is" in a text; nothing if it does not begin so."""
    rest = re.sub(r"\A(?:An?|The) ", "", text)
    if not rest.lower().startswith(name.lower()):
        return ""
    match = re.match(r"s? (?:is|are) (?=an?\b|the\b|one\b)", rest[len(name) :])
    return rest[len(name) + match.end() :] if match else ""


def term_facts(facts: Facts, spot: Spot, name: str, said: str, text: str) -> tuple[str, str] | None:
    """`Term: what it is`, `Purpose: …`, `Supports: …`; a term's name and meaning."""
    low, every = name.lower().strip(), [part for each in sentences(said) for part in re.split(r";\s+", each)]
    if not every or not low:
        return None
    if low in LISTS["generic"]:
        sentence_facts(facts, replace(spot, about=""), every)
        return None
    words, items = low.split(), inline_items(every[0])
    owner = facts.index.with_article(spot.about) if spot.about and spot.about.lower() != low else ""
    many = words[-1] in LISTS["properties"] and is_plural(name) and len(items) > 2 and owner
    if low in LISTS["properties"] or many:
        if owner and (items or low in LISTS["tells"] or not is_clause(every[0])):
            pairs = [(each, "") for each in items]
            facts.keep(spot, text, "property", owner, every[0], pairs, property=lower(name))
        return None
    if (
        owner
        and words[0] in VERBS
        and words[0].endswith("s")
        and (len(words) == 1 or words[1:] == [VERBS[words[0]][1]])
    ):
        base, prep, _ = VERBS[words[0]]
        sentence_fact(facts, spot, " ".join(f"{owner} {third(base)} {prep} {said}".split()))
        return None
    if not is_name(name):
        sentence_facts(facts, replace(spot, about=""), every)
        return None
    if steps := arrows(said)[1]:
        facts.keep(spot, text, "order", name, items=[(step, "") for step in steps], about=name)
        return None
    here, defined = replace(spot, about=name), ""
    for n, sentence in enumerate(every):
        if any(talk in sentence.lower() for talk in LISTS["talk"]):
            continue
        quote = text[: text.find(sentence) + len(sentence)] if n == 0 and sentence in text else sentence
        listed = n == 0 and is_plural(name) and len(items) >= 3
        if listed and facts.list_fact(spot, f"{name}:", items, spot.about):
            continue
        if _told_of(facts, here, name, sentence, quote, n == 0):
            defined = defined or sentence if n == 0 else defined
    if not defined and 3 <= len(every[0].split()) <= 25 and not every[0].endswith(":"):
        defined = every[0]
    return (name, defined.rstrip(" .;")) if defined else None


def _told_of(facts: Facts, spot: Spot, name: str, sentence: str, quote: str, first_one: bool) -> bool:
    """One sentence behind a term, which may leave out its subject; does it say what the term is?"""
    subject = facts.index.with_article(name)
    words = sentence.split()
    first, small = words[0].lower().strip(",."), sentence[0].lower() + sentence[1:]
    second = words[1].lower() if len(words) > 1 else ""
    if first_one and first == "to" and second in ACTIONS and len(words) > 2:
        facts.keep(spot, quote, "for", subject, sentence)
        return True
    do = VERBS[first][2] if first in VERBS else ""
    step = name.lower() in facts.steps
    if do in ("does", "did") or (do == "do" and facts.index.is_plural(name) and not step):
        before = len(facts.facts)
        sentence_fact(facts, spot, f"{subject} {small}")
        if len(facts.facts) > before:
            return True
    if is_participle(first) or first in FIT:
        be = "are" if facts.index.is_plural(name) else "is"
        if parts := sentence_parts(f"{subject} {be} {small}", subject):
            facts.keep(spot, quote, **parts)
        return False
    if first in ACTIONS and step:
        action, _, value = sentence.partition(" ")
        if not value.split(" ")[0].endswith("ly"):
            facts.keep(spot, quote, "step", name, value, action=action.lower())
        return False
    if first_one and definition_fact(facts, spot, name, sentence, "term"):
        return True
    if 3 <= len(words) <= 25 and first in THIRD:
        base, value = THIRD[first], " ".join(words[1:])
        if words[0].endswith(",") or re.search(r",|;|\band \w+s\b", value) or second in SMALL:
            facts.keep(spot, quote, "does", subject, sentence)
        else:
            facts.keep(spot, quote, "verb", subject, value, verb=base, do="does")
        return True
    starts = first not in (LISTS["leaders"] - {"one", "first", "second", "third"}) | ACTIONS
    fits = 3 <= len(words) <= 25 and "=" not in sentence and not is_clause(sentence)
    if first_one and starts and fits and not re.search(r"\b(?:it|they|this|etc)\b", small):
        facts.keep(spot, quote, "term", subject, sentence)
        return False
    # A label before a sentence with a subject of its own may limit it: "Prokaryotic: DNA is located in …".
    if not first_one or PRONOUN.match(sentence) or name.lower() in sentence.lower():
        sentence_fact(facts, spot, sentence)
    return False


def is_today(quote: Block) -> bool:
    """Is a quote a line `> Today (2026-06): …`?"""
    return quote.kind == "quote" and bool(quote.items) and bool(TODAY.match(quote.items[0].lead))


def today_facts(facts: Facts, spot: Spot, quote: Block, before: str) -> None:
    """What holds today, in place of the statement above."""
    text = SAID_BY.sub("", bare(TODAY.sub("", quote.items[0].lead, count=1)))
    facts.said.append((spot.lines, text))
    facts.shows = before
    if match := INSTEAD.match(text):
        facts.keep(spot, text, "today.instead", match[1], match[2])
    else:
        for sentence in re.split(r"(?<=[.;]) ", text):
            sentence_fact(facts, spot, sentence)
    facts.shows = ""


def common_facts(facts: Facts, spot: Spot, text: str) -> bool:
    """What paragraphs and list items have in common: abbreviations, contrasts and arrows; is that all of it?"""
    abbreviation_facts(facts, spot, text)
    _dated(facts, spot, text)
    before = len(facts.facts)
    for one, other, predicate, clause in contrasts(text):
        facts.keep(spot, clause, "contrast", one, one, about=one, other=other, predicate=predicate)
    label, steps = arrows(text)
    label = label if len(label.split()) <= 6 else plain(spot.section.title)
    if name := label or spot.about or spot.concept if steps else "":
        facts.steps.update(map(str.lower, steps))
        facts.keep(spot, text, "order", name, items=[(step, "") for step in steps])
    if len(facts.facts) > before:
        facts.said.append((spot.lines, text))
    return len(facts.facts) > before
