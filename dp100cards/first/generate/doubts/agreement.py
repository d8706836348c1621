"""Doubts about whether the parts of a card go together: one and many, a name and what is said, a key and its rivals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dp100cards.cards import Basic, Choice, Cloze, filled
from dp100cards.first.generate.doubts.words import no_noun
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.english import bare, head_noun, lower_first, plural
from dp100cards.first.generate.flaws.wording import answer_text
from dp100cards.first.generate.stems import GENERIC_STEMS, stems
from dp100cards.first.generate.world import World
from dp100cards.first.notes.any_case import AnyCase
from dp100cards.first.notes.facts import Definition, Description, Enumeration, Statement
from dp100cards.first.notes.vocabulary import BASE, THIRD

_DENIES = AnyCase(r"\b(?:doesn|don|isn|aren|won|can|didn|wasn|couldn)['’]t\b|\bcannot\b")
_RELATIVE = re.compile(r"\b(?:that|which|who|whose|where|when|if|because|while)\b")
_HEAD_ENDS = re.compile(r"\b(?:that|which|who|used|to|with|for|in|on|of|by)\b|[,;(.–—-]\s")
_MANY_DO = re.compile(
    r"(?:[A-Z][\w-]*|the) (?:[\w-]+ )?[\w-]*[^su\W]s ([a-z]+) (?:the|an?|your|all|more|less|each|both)\b"
)
_TASK = re.compile(
    r"(?:given|explain|compare|summari[sz]e|describe|discuss|identify|understand|list|define|implement|configure"
    r"|analy[sz]e|design|apply|plan|evaluate|determine|select|recommend|prepare|perform|demonstrate|outline)\b",
    re.IGNORECASE,
)
"""How an objective of an exam begins that stands over a section: a task, and no name."""
_A_TASK = AnyCase(
    rf"(?:\bof |^(?:what|which) (?:are the )?(?:two|three|four|five|six|seven) |^){_TASK.pattern}"
)
_STOP_AND_COLON = re.compile(r"[^?“]*\.:")
_QUOTED = re.compile(r"“[^”]*”")
_DOING_ONE = AnyCase(
    r"\b(?:do|does|can|is|are) (?:the )?[a-z]+ing (?:one|two|an?|the|your|all|any|multiple|more)\b"
)
_COMMON = AnyCase(
    r"^(?:[^:]+: )?what (?:is|are) (?:an?|the) (?:easy|good|common|simple|typical|possible|better|quick|big|main|best"
    r"|great|important|key|major|nice|obvious) \w+\?$"
)
_VENDOR = re.compile(
    r"^What (?:does|do|can|will|did|should) (?:Azure|AWS|GCP|Google(?: Cloud)?|Microsoft|Amazon|Linux|Windows|Python)"
    r" [a-z]+\?$"
)
_COLON_GAP = re.compile(
    r"\b(?:perform|performs|include|includes|are|is|use|uses|support|supports|have|has|with): "
)
_IS_THE = re.compile(r"Which [^“?]*? is the (?!\w+ (?:of|for|to)\b)([^?]+)\?")


def of_agreement(draft: Draft, world: World) -> Iterator[str]:
    """Why what is asked and what is answered may not go together."""
    card, fact = draft.card, draft.fact
    plain = _QUOTED.sub("…", card.ask)
    if _A_TASK.search(plain) or _STOP_AND_COLON.match(plain):
        yield "stands under no name of a thing"
    if isinstance(card, Basic):
        if _DOING_ONE.search(plain) or _COMMON.match(plain) or _VENDOR.match(plain):
            yield "the question could mean anything"
        if draft.rule.endswith(".what"):
            yield from _of_number(card.ask, card.answer.rstrip("."), fact.concept)
    defines = (
        isinstance(fact, Definition) and draft.rule.startswith("definition.") and not isinstance(card, Cloze)
    )
    if isinstance(fact, Definition) and defines and _DENIES.search(_RELATIVE.split(fact.value)[0]):
        yield "the answer is a whole sentence"
    if isinstance(fact, Definition | Description | Statement) and isinstance(card, Choice):
        yield from _of_rivals(card, draft.rule)
    one = _IS_THE.match(plain)
    if isinstance(card, Choice) and one and plural(head_noun(one[1])):
        yield "clumsy question"
    if isinstance(fact, Enumeration) and fact.heading and fact.concept:
        above = stems(fact.heading[-1])
        if stems(fact.what) == above and not stems(fact.concept) & above:
            yield "the items are of another thing"
    if isinstance(card, Cloze):
        yield from _of_a_gap(draft, world)


def _of_number(ask: str, answer: str, concept: str) -> Iterator[str]:
    """ "What are ciphers? => A cipher that …", "What is a key? => Keys that …"."""
    said = _HEAD_ENDS.split(lower_first(bare(answer)))[0].strip()
    if not said or len(said.split()) > 5 or " and " in said:
        return
    many = plural(head_noun(said))
    if (
        re.search(r"\bwhat are (?!the\b)|what are they\?", ask, re.IGNORECASE)
        and not many
        and _countable(said)
    ):
        yield "the definition of many is told of one"
    asked_one = re.search(r"\bwhat is (?:an? |[^?]*\bit\?)", ask, re.IGNORECASE)
    if asked_one and many and not plural(concept) and not said[:1].isupper():
        yield "the definition of one is told of many"


def _countable(said: str) -> bool:
    return not re.search(
        r"(?:ing|tion|ity|ness|ance|ence|ism|ics|ment|ware|ure|ogy|data|storage|access)$", head_noun(said)
    )


def _of_rivals(card: Choice, rule: str) -> Iterator[str]:
    """A wrong option that is the key in other words may be right as well; what any may do, many can."""
    key = stems(answer_text(card)) - _VENDOR_STEMS
    wrong = [stems(option.text) - _VENDOR_STEMS for option in card.options if not option.right]
    if rule.endswith((".which", ".subject")) and any(w and key and (w <= key or key <= w) for w in wrong):
        yield "an option is nearly the key"
    if rule == "statement.subject" and re.match(r"Which (?:of these|concept) (?:can|may|could) ", card.ask):
        yield "may hold of others"
    described = re.search(r"describe: “([^”]*)”", card.ask)
    if described and (many := _MANY_DO.match(described[1])) and many[1] in BASE - THIRD:
        yield "the description does not fit a name"


_VENDOR_STEMS = stems("Azure AWS Amazon Google Cloud Microsoft")


_NAME_BEFORE = re.compile(r"^[^:.]{2,60}: ")


def _of_a_gap(draft: Draft, world: World) -> Iterator[str]:
    fact, ask = draft.fact, draft.card.ask
    before, plain = ask.partition("{{")[0], filled(ask)
    if isinstance(fact, Enumeration):
        if before.endswith(", ") and ask.partition("}}")[2].startswith((",", " and ", " or ")):
            yield "a gap in the middle of a list"
        if _COLON_GAP.search(plain) or re.search(r"\b(?:might|may|could|should)\b", before):
            yield "not a plain statement"
    if no_noun(fact.concept) and plain.lower().startswith(f"{fact.concept.lower()} "):
        yield "stands under no name of a thing"
    if isinstance(fact, Description | Statement) and fact.concept:
        sentence = _NAME_BEFORE.sub("", plain)
        named = stems(fact.concept) & stems(plain) or world.named_concepts(plain)
        if not named and not stems(sentence.split(",")[0]) - GENERIC_STEMS - stems(
            "packet user message file key"
        ):
            yield "the sentence does not say of what"
        if not named and isinstance(fact, Description):
            yield "the sentence does not say of what"
