"""Signs in a piece of text that make a reader stop, wherever it stands on a card."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from dp100cards.first.generate.aspects import is_aspect
from dp100cards.first.generate.english import plural
from dp100cards.first.generate.shape import shape
from dp100cards.first.notes.any_case import AnyCase
from dp100cards.first.notes.grammar import is_imperative
from dp100cards.first.notes.vocabulary import ADJECTIVES, AUXILIARIES, BASE, PREPOSITIONS, QUALITIES, THIRD

FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|we['’](?:ll|re|ve)|us|[Oo]ur|ours|[Mm]y|mine|me)\b(?![\w/+#.-])")
"""The learner, or the teacher, speaks: "pipes (what we'll use in program two)". Not "US", nor "I/O"."""

_TWO_ACTS = AnyCase(
    r", but |\band (?:then )?(?:once|when|if|after|it|they|this|is|are|was|were|can|will|may|must|should|has|have|had"
    r"|cannot)\b"
)
"""A second statement hangs on the first: "at launch and is run when it boots"."""

_LEANS_BACK = AnyCase(
    r"(?<!of )\b(?:this|these|those|such|above|aforementioned)\s+(?!describes?\b|is\b|are\b|as\b|way\b)[a-z0-9]+"
)
_SIGNS = re.compile(
    r"\$(?!\d)|<=|>=|\b[A-Z]+=[a-z]|[a-z]: blade\b|\bblade will\b|\s--?[a-z]|gs://|s3://|\s--\s|→|->|=>|⇒"
    r"|\s[+=<>]\s|\$\$|\.\.\.|…"
)
_MAYBE_SIGNS = re.compile(r"[$=→>⇒…]|blade |\s[-+]|//|\.\.\.|: blade")
"""Stands wherever `_SIGNS` finds something, and is found in a third of the time."""
TWO_WAYS = re.compile(r"[a-z], [a-z]|\b(?:that['’]s|that is|which is|that are)\b")
"""A condition that goes on behind a comma, or hangs on a relative clause: where it ends is a guess."""
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f]")
_EXAMPLE = AnyCase(
    r"\b(?:for example|for instance|example|e\.g\. if|maybe|perhaps|probably"
    r"|exams?|recall|see (?:section|part|chapter|publishing|page|figure|more|also|here)"
    r"|documentation for|for more (?:information|details)|(?:reference|docs|information) here"
    r"|lol|haha|btw|imo|tbh|gonna|kinda|stuff|lpt|tl;?dr|ie:"
    r"|(?:remaining|next|previous|later) (?:lessons?|chapters?|modules?|sections?|videos?|lectures?)"
    r"|(?:the|this) (?:lesson|transcript|video|chapter|course|lecture)"
    r"|questions? (?:asks?|mentions?|says?|almost|will|always|often|usually|may))(?!\w)"
)
_LOOSE_END = AnyCase(
    r"(?:\b(?:and|or|of|to|the|a|an|in|on|for|with|by|from|at|as|than|that|which|is|are|be)|[,;:(/–—-])$"
)
_EXAMPLE_NAME = re.compile(
    r"\b(?:(?:PC|S(?:RV|W|erver|witch|ubnet)|Host|VM|User|C(?:lient|omputer)|Node|Router|Process|Machine|App|Team)"
    r" ?[\dA-C]|Alice|Bob|Contoso|Fabrikam|foo|bar|myapp|let['’]s say|imagine|suppose)\b|\[\^"
)
"""Names that stand in examples only: PC1, Host A, Alice."""
_ACTS = frozenset(
    "said did made found went came took gave got led became began followed opposed passed lost".split()
)
_QUALITIES = re.compile(r"(?:ive|able|ible|ous|ful|less|ised|ized)$")
_NOBODY = re.compile(
    r"\bI\b(?=[/ ]O\b)|\b(?:can|do|should|must|could) we\b|\bwe (?:can|should|must|need|use|could)\b"
)


@lru_cache(maxsize=4096)
def speaks_of_itself(text: str) -> bool:
    """Does somebody speak in the first person?"""
    plain = _NOBODY.sub("", text)
    return bool(FIRST_PERSON.search(plain))


_RELATIVE_ON = re.compile(r"\b(?:that|which|who)\b.*")


@lru_cache(maxsize=4096)
def two_acts(text: str) -> bool:
    """Are there two statements in what should be one?"""
    return bool(_TWO_ACTS.search(_RELATIVE_ON.sub("", text)))


_STAR = re.compile(r"[a-z]\*+(?=[\s.,;?]|$)")
"""A mark of emphasis that was left over: "assumed* by"."""
_OTHER_LETTERS = re.compile(r"[\u0400-\u1fff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff01-\uff60]")


@lru_cache(maxsize=4096)
def noisy(text: str) -> bool:
    """Has it pictures, signs for words, or marks of an example?"""
    if _EXAMPLE_NAME.search(text) or _STAR.search(text):
        return True
    if _EXAMPLE.search(text) or (not text.isascii() and (_EMOJI.search(text) or _OTHER_LETTERS.search(text))):
        return True
    return bool(_MAYBE_SIGNS.search(text) and _SIGNS.search(text))


@lru_cache(maxsize=4096)
def leans_back(text: str) -> bool:
    """Does it point to something said before: "in this phase", "these values"?"""
    return bool(_LEANS_BACK.search(text.replace("does this describe", "")))


def breaks_off(text: str) -> bool:
    """Does it end in a word that asks for another: "notebooks to", "cost of"?"""
    return bool(_LOOSE_END.search(text.strip(" .?!”")))


_NO_BEGINNING = AUXILIARIES | THIRD | PREPOSITIONS | {"had", "no", "not", "to"}


@lru_cache(maxsize=4096)
def is_doing(word: str) -> bool:
    """Is it a known verb's form in -ing: "finding", "using"?"""
    stem = word.removesuffix("ing")
    return stem != word and (stem in BASE or f"{stem}e" in BASE or stem[:-1] in BASE)


_NO_END = PREPOSITIONS | {"and", "or", "but", "the", "a", "an", "is", "are"}
_ODD = re.compile(r"[^\w`\"“(.@/*]")
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")
_PARTS = re.compile(r"[\w'’+#.-]+")


@lru_cache(maxsize=4096)
def no_noun(name: str) -> bool:
    """Is it no name of a thing: "Global", "Cost effective", "Las Casas opposed this", "Had a bad economy"?"""
    bare = _IN_BRACKETS.sub("", name).strip()
    parts = _PARTS.findall(bare)
    if not parts:
        return True
    low = [part.lower() for part in parts]
    if _NUMBERED.fullmatch(bare) or _MAKING_OF.match(bare):
        return True
    if low[0] in ("it", "they", "he", "she", "also", "there", "so", "just", "now", "lot", "lots", "another"):
        return True
    if (
        len(bare.strip("`")) < 2
        or (low[0].endswith("ly") and len(low) > 1 and low[1] in BASE)
        or (low[0] == "one" and len(low) == 2)
    ):
        return True
    if low[0] in ("this", "these", "those", "even", "if", "when", "again", "as", "same") or _ODD.match(bare):
        return True
    if (low[0] in _NO_BEGINNING and len(parts) > 1) or _DEGREE.fullmatch(bare):
        return True
    if is_imperative(bare) or low[0] in (
        "use",
        "prefer",
        "avoid",
        "ensure",
        "choose",
        "enable",
        "always",
        "never",
    ):
        return True
    if sum(word in PREPOSITIONS for word in low) > 1:
        return True
    if any(word in ("which", "that", "who", "what", "how", "where") for word in low):
        return True
    if any(word in _ACTS or word in AUXILIARIES for word in low[1:]) or low[-1] in _NO_END:
        return True
    does = len(parts) > 1 and parts[1].islower() and (parts[1] in PREPOSITIONS or plural(bare))
    does = does or (len(parts) > 2 and plural(bare) and is_doing(low[0]))
    if low[0].endswith("ing") and does:
        return True  # "Ignoring ethics", "Deploying multi-tier applications": something to do
    if _TOPIC.match(bare) or _TOPIC_END.search(bare) or ("/" in bare and re.search(r"[a-z]", bare)):
        return True
    if len(parts) > 1 and is_aspect(bare):
        return True
    last = low[-1]
    adjective = last in ADJECTIVES or (bool(_QUALITIES.search(last)) and last not in _NOUNS_TOO)
    return adjective or (len(parts) == 1 and last in QUALITIES)


_NUMBERED = re.compile(
    r"(?:[A-Z]\w+ )?(?:line|issue|solution|step|part|example|problem|question|note|case|attempt|exercise|task|lab|day"
    r"|week|chapter|module|section|lesson|option|method|way|tip|fix) ?#?\d+",
    re.IGNORECASE,
)
_MAKING_OF = re.compile(r"\w+(?:tion|ing|ment|sation) (?:of )?(?:an?|the|your|The|An?)\b")
"""Places in the notes ("Issue 2"), and what is done to something ("Dockerization of an app")."""
_DEGREE = re.compile(
    r"(?:low|high|lower|higher|larger|smaller|bigger|greater|later|earlier|fewer|similar|different|fast|faster|better|improved|reduced|increased|easy|easier|cheap|less|more|strong|weak)"
    r" (?!availability\b)(?-i:[a-z])[\w-]*(?: \w+)?",
    re.IGNORECASE,
)
"""How much there is of something: "Low latency", "Better control"; but "High availability" is a thing to know."""
_TOPIC = AnyCase(
    r"(?:options|types|kinds|ways|methods|steps|tips|reasons|benefits|limitations|features|advantages"
    r"|disadvantages|scope"
    r"|overview|conclusions?|recap|remarks?|(?:functions?|roles?|parts?|uses?) of|introduction|history"
    r"|background|supporting|components|differences?|comparison|examples?|common|important|useful|general|main"
    r"|key|what|how"
    r"|when|why|no|not|current|your|my|one or|unlike|using|configuring|creating|modeling|modelling|designed"
    r"|deploying|managing|installing|running|setting|adding|getting|working|understanding|implementing"
    r"|enabling|choosing"
    r"|selecting|writing|making)\b"
)
_TOPIC_END = AnyCase(
    r"\b(?:options|focus|structure|scope|basics|concepts|considerations|tips|benefits|limitations|features|overview"
    r"|use cases|examples?|differences|advantages|disadvantages|requirements|tools and services|developer tools"
    r"|notes|details"
    r"|capabilities|functionality|functionalities|patterns?|problems?|issues|challenges|questions"
    r"|study[ -]guide|readme|repository|commands|cheat ?sheet|installation|syntax|conclusions?|in general"
    r"|changes|effects?|explained|revisited"
    r"|simplified|started|available|summary|idea|good to know|to know|needed)$"
)
"""Headings over many things: what stands under them is said of none of these."""

_NOUNS_TOO = frozenset(
    "archive drive directive objective perspective variable table executive hive cable native".split()
)


_PAST = frozenset(
    "stole took gave led had were was made began became won lost left grew saw came went said kept held wrote".split()
)
_NO_OBJECT = PREPOSITIONS | {"and", "or", "that", "which", "so", "but", ""}


_GOES_ON = PREPOSITIONS | {"that", "which", "who", "where", "when"}


def _is_past(parts: list[str]) -> bool:
    """Does a word of the past with its object stand behind a subject: "a group of men stole weapons"?"""
    for n, word in enumerate(parts[:6]):
        if n and word in _GOES_ON and word != "of":
            return False
        following = parts[n + 1] if n + 1 < len(parts) else ""
        ended = word in _PAST or (
            len(word) > 4 and word.endswith("ed") and parts[n - 1] not in ("of", "and", "or")
        )
        if n and ended and following not in _NO_OBJECT:
            return True
    return False


def is_told(text: str) -> bool:
    """Is it a clause with a subject of its own: "Somebody did something"? Such a thing is told under a heading, and
    describes nothing."""
    parts = [part.strip(',;:()"“”').lower() for part in text.split()]
    opens = bool(parts) and not parts[0].endswith("ed")
    return shape(text) == "clause" or (opens and _is_past(parts))


_VERBS = BASE | THIRD


def is_clause(text: str) -> bool:
    """Is there a verb with its object in what should be a noun phrase: "the first dot represents the sign"?"""
    main = _RELATIVE.split(text, maxsplit=1)[0]
    parts = [part.strip(",;:()").lower() for part in main.split()]
    return any(
        word in _VERBS and following in ("a", "an", "the", "its", "their") and n > 1
        for n, (word, following) in enumerate(pairwise(parts))
    )


_RELATIVE = re.compile(r"\b(?:that|which|who|where|when|to|used|for|in|on|by|if|while|and|or)\b|[,(]")
