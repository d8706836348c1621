"""Definitions, descriptions, uses and contrasts: what a concept is, has, does and is good for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dp100cards.generate.distractors import FEWEST, Wrong, concepts, values
from dp100cards.generate.draft import Draft
from dp100cards.generate.english import bare, base_form, lower_first, plural, sentence, upper_first
from dp100cards.generate.making import basic, choice
from dp100cards.generate.phrase import category_noun, cut, quoted, without_lead
from dp100cards.generate.questions.gap import gap_cards
from dp100cards.generate.shape import shape
from dp100cards.generate.stems import stems
from dp100cards.generate.world import World
from dp100cards.notes.facts import Contrast, Definition, Description, Fact, Use
from dp100cards.notes.vocabulary import PREPOSITIONS


def definition(fact: Definition, world: World) -> Iterator[Draft]:
    """What is X? Which one is described? Which of these describes X?"""
    naming = world.naming
    value, rest = cut(fact.value)
    subject = naming.subject(fact.concept)
    many = plural(naming.inside(fact.concept)) and naming.common(fact.concept)
    if subject:
        ask = f"What {'are' if many else 'is'} {subject}?"
    else:
        ask = f"{naming.title(fact.concept)}: what {'are they' if many else 'is it'}?"
    yield basic(fact, "definition.what", ask, value, explain=sentence(rest) if rest else "")
    yield from which(fact, world, "definition.which", value)
    wrong = values(world, fact, value, lambda f: cut(f.value)[0] if isinstance(f, Definition) else None)
    if len(wrong) >= FEWEST and subject:
        ask = f"Which of these {'are' if many else 'is'} {subject}?"
        yield choice(fact, "definition.describes", ask, value, wrong)


def which(fact: Fact, world: World, rule: str, value: str) -> Iterator[Draft]:
    """Which concept does this describe? With options where the notes give them, else from memory."""
    value = without_lead(value)
    key = world.naming.title(fact.concept)
    wrong = concepts(world, fact, value)
    kind = kind_of(fact, key, wrong) or ("concept" if isinstance(fact, Definition) else "")
    if len(wrong) >= FEWEST:
        ask = which_frame(f"Which {kind}" if kind else "Which of these", value)
        yield choice(fact, rule, ask, key, wrong)
    elif kind and isinstance(fact, Definition):
        yield basic(fact, rule, which_frame(f"Which {kind}", value), key)
    elif kind:
        yield basic(fact, rule, which_frame(f"Which {kind}", value), key, doubts=("few siblings",))
    else:
        yield basic(fact, rule, which_frame("What", value), key, doubts=("few siblings",))


def kind_of(fact: Fact, key: str, wrong: Sequence[Wrong] = ()) -> str:
    """What to call the options: the category as a noun, or only its head where the rest would give the key away."""
    kind = category_noun(fact.category)
    given = stems(kind) & stems(key)
    if given and not all(given <= stems(w.text) for w in wrong):
        head = kind.split()[-1]
        return head if not stems(head) & stems(key) else ""
    return kind


def which_frame(who: str, value: str) -> str:
    """A question for the one that has a property: the frame follows the shape of the property's words."""
    words = lower_first(bare(value))
    form = shape(words)
    one_sentence = not re.search(r"[.;:]\s", words)
    if one_sentence and form in ("adjective", "participle"):
        return f"{who} is {words}?"
    if one_sentence and form in ("verb", "modal") and not words.startswith(("are ", "were ")):
        return f"{who} {words}?"
    return f"{who} does this describe: {quoted(value)}?"


def description(fact: Description, world: World) -> Iterator[Draft]:
    """Which of the siblings is, has or does this? And, where the words allow it, what does this one …?"""
    value = without_lead(bare(fact.value))
    asked = property_question(fact, world, value)
    if asked:
        yield asked
    short, _ = cut(value, 18)
    yield from which(fact, world, "description.which", short)
    if not asked:
        yield from gap_cards(fact, world, value, "description.gap")


def property_question(fact: Fact, world: World, value: str) -> Draft | None:
    """ "Based on Spark" → "What is Azure Databricks based on?"; "supports R" → "What does it support?"; or None."""
    name = world.naming.subject(fact.concept)
    words = lower_first(value).split()
    if len(words) < 2 or re.search(r"[.;:]\s", value):
        return None
    be = "are" if plural(world.naming.inside(fact.concept)) and world.naming.common(fact.concept) else "is"
    do = "do" if be == "are" else "does"
    form = shape(value)
    who = name or "it"
    lead = "" if name else f"{world.naming.title(fact.concept)}: "
    if form in ("participle", "adjective"):
        at = next((n for n, w in enumerate(words[:3]) if n and w in PREPOSITIONS), 0)
        if not at or words[at] in ("as", "without", "of", "when") or len(words) == at + 1:
            return None
        answer, rest = cut(" ".join(words[at + 1 :]))
        doing = " do" if words[at] == "to" and shape(answer) == "imperative" else ""
        if doing and words[0] in ("easy", "easier", "hard", "possible"):
            return None
        ask = f"{lead}what {be} {who} {' '.join(words[: at + 1])}{doing}?"
    elif form == "verb" and words[0] != "is":
        verb, obj = base_form(words[0]), words[1:]
        while obj and obj[0] in PREPOSITIONS and len(obj) > 1:
            verb, obj = f"{verb} {obj[0]}", obj[1:]
        if (
            verb in ("let", "allow", "enable", "help")
            and obj[:1] in (["you"], ["us"], ["users"])
            and len(obj) > 2
        ):
            to = obj[1] == "to"
            verb, obj = f"{verb} {obj[0]}{' to' if to else ''} do", obj[2:] if to else obj[1:]
        answer, rest = cut(" ".join(obj))
        ask = f"{lead}what {do} {who} {verb}?"
    else:
        return None
    return basic(fact, f"{fact.kind}.property", ask, answer, explain=sentence(rest) if rest else "")


def use(fact: Use, world: World) -> Iterator[Draft]:
    """What is X useful for? Which one is useful for this?"""
    name, purpose = world.naming.subject(fact.concept), bare(fact.purpose)
    title = world.naming.title(fact.concept)
    be = "are" if plural(world.naming.inside(fact.concept)) and world.naming.common(fact.concept) else "is"
    marker, adjective = use_marker(fact.marker)
    short, rest = cut(purpose)
    front = f"what {be} {name or 'it'} {marker}?"
    yield basic(
        fact,
        "use.what",
        front if name else f"{title}: {front}",
        short,
        explain=sentence(rest) if rest else "",
    )
    wrong = concepts(world, fact, purpose)
    kind = kind_of(fact, title, wrong)
    who = f"Which {kind}" if kind else "Which of these" if len(wrong) >= FEWEST else "What"
    tail = f"{marker.removesuffix(' to do')} to {short}" if marker.endswith("to do") else f"{marker} {short}"
    ask = f"{who} is {tail}?"
    if len(wrong) >= FEWEST:
        if adjective or shape(short) != "imperative":
            yield choice(fact, "use.which", ask, title, wrong)
        else:
            yield choice(
                fact, "use.which", f"You want to {lower_first(short)}. {who} should you use?", title, wrong
            )
    else:
        yield basic(fact, "use.which", ask, title, doubts=() if kind else ("few siblings",))


def use_marker(marker: str) -> tuple[str, bool]:
    """The learner's word for a use, fitted to "What is X …?": "useful for", "used to do"; and is it an adjective?"""
    text = re.sub(r"^(?:is|are|can be|it's|be)\s+", "", marker.replace("…", " ").strip().lower())
    text = re.sub(r"\s+", " ", text)
    if re.match(
        r"(?:useful|ideal|good|great|suited|suitable|best|perfect|recommended|intended|designed|made"
        r"|meant)\b",
        text,
    ):
        last = text.split()[-1]
        return (f"{text} do" if last == "to" else text if last in PREPOSITIONS else f"{text} for"), True
    return ("used for", False) if text.endswith("for") else ("used to do", False)


def contrast(fact: Contrast, world: World) -> Iterator[Draft]:
    """A or B: which …? with the two as options."""
    title, other = world.naming.title(fact.concept), upper_first(world.naming.inside(fact.other))
    value = without_lead(bare(fact.value))
    value = re.sub(r"^(?:it's|it is|is|they are|are)\s+", "", value, flags=re.IGNORECASE)
    pair = sorted((title, other), key=str.casefold)
    ask = which_frame(f"{pair[0]} or {lower_first_unless_name(pair[1], world)}: which", value)
    if "does this describe" in ask:
        ask = f"{pair[0]} or {lower_first_unless_name(pair[1], world)}: which does this describe, {quoted(value)}?"
    against = Wrong(other, f"The notes set it against {lower_first_unless_name(title, world)} in this.", 0)
    yield choice(fact, "contrast.which", ask, title, [against])


def lower_first_unless_name(name: str, world: World) -> str:
    """A concept's name as it stands in the middle of a sentence."""
    return world.naming.inside(name)
