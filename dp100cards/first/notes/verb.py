"""Where the verb of a sentence is: closed word lists, and the shape of the words around it, decide.

Where they cannot, there is none: a sentence that is not understood stays whole.
"""

from __future__ import annotations

import re

from dp100cards.first.notes.vocabulary import AUXILIARIES, BASE, PREPOSITIONS, STOP_WORDS, THIRD
from dp100cards.first.notes.word import bare, is_participle, looks_plural

BE = frozenset(["is", "are", "was", "were"])
MODAL = frozenset(
    """
    can could may might must shall should will would cannot can't
    """.split()
)
ADVERBS = frozenset(
    """
        only also just usually often typically always never automatically currently now then already still
        mainly generally additionally normally simply directly easily fully both not even instead further
        later too auto almost nearly rarely frequently sometimes commonly primarily usually effectively
        """.split()
)
DETERMINERS = frozenset(
    """
        a an the each every all some any many most several both your my our their its this that these those
        no two three four five six seven eight nine ten
        """.split()
)
_ADJECTIVES = frozenset("new free main final same default trained registered different common single".split())
NOUN_TOO = frozenset(
    """
        scores loads uses calls reads writes tests trains runs sets shows shares stores starts stops limits
        lists maps costs controls covers needs offers opens points places records reports requests returns
        routes scales searches serves supports takes tracks transforms triggers works moves measures groups
        handles holds hosts increases monitors processes updates views builds images models
        advances aims attempts bypasses causes cuts damages delays drains edits fires focuses forces
        guides halts heats hits influences interrupts judges jumps kills lands launches leaks lifts
        matches mirrors mixes pauses presses promises pumps recalls relays repairs replays reserves
        rests seals senses shifts slows speeds strikes supplements swaps switches touches trusts
        wastes
        """.split()
)
"""Verbs that are plural nouns as well: after a determiner or an adjective they are taken for nouns."""


SURELY_THIRD = THIRD - NOUN_TOO
"""Verbs in the third person that are no nouns."""


_FULL_VERB = THIRD | BASE
_HELPING = BE | AUXILIARIES


def verb_at(parts: list[str]) -> int | None:
    """The place of the main verb: the first word that must be one."""
    depth = 0
    last = ""
    relative = told = False
    if parts and bare(parts[0]) in SURELY_THIRD:
        return None  # "Keeps file shares in sync": a verb without its subject, and what follows is its object
    if len(parts) > 1 and bare(parts[0]).endswith("ly") and bare(parts[1]) in SURELY_THIRD:
        return None  # "Significantly reduces cost": the same, with an adverb before it
    for n, part in enumerate(parts):
        depth += part.count("(") - part.count(")")
        word, before = bare(part), last
        if word not in ADVERBS:
            last = word
        if depth > 0 or not n or part.startswith("`"):
            continue
        if word in ("that", "which", "who") and n >= 1:
            relative = told = True
            continue
        if word == "where" and n > 1 and before not in PREPOSITIONS:
            relative = told = True  # "a page where the reader enters a name"
            continue
        if word == "times" and re.fullmatch(r"[\d.,–-]+|two|three|four|five|six|seven|several|many", before):
            continue  # "updates 3 times a day"
        if relative and bare(parts[n - 1]) in ("that", "which", "who") and _follows_relative(part):
            relative = False  # the verb of "X that needs Y"
            continue
        if not _is_verb(word, before, parts, n) or _is_noun_after_all(word, parts, n):
            continue
        if relative and (
            word in _HELPING and before in _FULL_VERB and bare(parts[n - 2]) not in ("that", "which")
        ):
            return n  # "the tool that Azure offers is cheap"
        if relative:
            relative = False  # the verb of "X that needs Y"; the main one comes later
            continue
        if told and is_participle(word) and word not in _HELPING:
            continue  # "that turns exposed salts into silver": it belongs to what follows the relative verb
        return n
    return None


_ENDS_CLAUSE = frozenset("that which who where when if while because so and or but to".split())


_BEFORE_A_VERB = frozenset("helps lets makes does has is was dares needs gets".split())
_BEHIND_A_VERB = DETERMINERS | {"on", "whether", "how", "by"}


def _is_subject_of(word: str, parts: list[str], n: int) -> bool:
    """ "External scans simulate an attack": is the next word the verb, with an object of its own?"""
    if not word.endswith("s") or word in _BEFORE_A_VERB or n + 2 >= len(parts):
        return False
    following = bare(parts[n + 1])
    return following in BASE and following not in BASE_NOUNS and bare(parts[n + 2]) in _BEHIND_A_VERB


def _is_noun_after_all(word: str, parts: list[str], n: int) -> bool:
    """ "API calls from the client should go …": does a surer verb stand in the same clause behind it?"""
    if _is_subject_of(word, parts, n):
        return True
    if word not in NOUN_TOO or parts[n][-1:] in ",;:":
        return False
    for part in parts[n + 1 : n + 9]:
        following = bare(part)
        if following in MODAL or following in BE:
            return True
        if following in _ENDS_CLAUSE or part[-1:] in ",;:(":
            return False
    return False


PAST = frozenset(
    """
        became began broke came chose fell gave grew knew led rose spoke stood took went won wrote drew drove flew
        forgot froze hid sank shook wore overcame underwent undertook ran sang threw arose awoke
        """.split()
)
"""Verbs in the past that look like no participle."""
_RELATES = frozenset(["that", "which", "who", "when", "where", "if", "as", "because", "whose", "what", "how"])


def may_be_past(text: str) -> bool:
    """Might a text in which no verb was found be a clause of the past: "the Berlin Wall fell", "Worms spread east"?"""
    parts = text.split()
    for n, part in enumerate(parts[1:], 1):
        word = bare(part)
        if word in _RELATES:
            return False
        before = parts[n - 1]
        if bare(before) in DETERMINERS or bare(before) in PREPOSITIONS or not before[-1:].isalnum():
            continue
        if word in PAST:
            return True
        named = n > 1 and before[:1].isupper()
        if named and word.endswith("ed") and is_participle(word) and n + 1 < len(parts):
            return True
    return False


_AFTER_PARTICIPLE = PREPOSITIONS | BE | AUXILIARIES | {"to", "has", "have"}
_ANY_VERB = AUXILIARIES | BE | THIRD | BASE | {"has", "have"}
_BEFORE_NOUN = _ADJECTIVES | DETERMINERS
_HELPS = AUXILIARIES | BE | {"has", "have"}
_OTHER_VERB = THIRD - NOUN_TOO | BE | {"allow", "allows"}


def _follows_relative(part: str) -> bool:
    """Behind "that" or "which" a small word that is no subject must be the verb, whether a list has it or not."""
    word = bare(part)
    return (
        part.islower() and word.isalpha() and len(word) > 2 and word not in STOP_WORDS and word not in ADVERBS
    )


def _is_verb(word: str, before: str, parts: list[str], n: int) -> bool:
    if word in AUXILIARIES or word in BE:
        return before not in ("what", "how", "as")
    if word in ("has", "have", "does", "do"):
        return before not in ("to",)
    following = bare(parts[n + 1]) if n + 1 < len(parts) else ""
    if n == 1 and before == "it" and re.fullmatch(r"[a-z]+s", word):
        return True
    if word.endswith("ed") and before in ("they", "it", "we", "you", "he", "she", "i"):
        return True
    if is_participle(word) and n >= 2 and bare(parts[0]) in DETERMINERS and following:
        return following not in _AFTER_PARTICIPLE and before not in _BEFORE_NOUN
    if before in DETERMINERS or before in PREPOSITIONS or before in ("to", "and", "or", "of", "same", "such"):
        return False
    if following in _BEFORE_NOUNS and _acts(word, before, parts[n - 1], n):
        return True
    if word in THIRD:
        if word in NOUN_TOO:
            if n >= 2 and bare(parts[0]) in DETERMINERS and following not in _HELPS:
                return not looks_plural(before) and before not in _ADJECTIVES
            if is_participle(bare(parts[0])) and following in PREPOSITIONS and n <= 3:
                return False  # "Managed file shares with SMB"
            named = (n >= 2 or following in ("different", "various")) and parts[n - 1][:1].isupper()
            bracket = n + 1 < len(parts) and parts[n + 1].startswith("(")
            if named and following and not bracket and following not in _ANY_VERB:
                return True  # "Azure Notebooks offers free projects": a name before it
            return (
                following in DETERMINERS
                or following in PREPOSITIONS
                or following in ("you", "how", "to", "as", "when")
            )
        return True
    if word in BASE and following not in _OTHER_VERB:
        if looks_plural(before) and (bare(parts[n - 1]) in ADVERBS or following in DETERMINERS):
            return True
        return before in ("you", "we", "they", "i", "users") or (
            (looks_plural(before) and n <= 6 and word not in BASE_NOUNS) or _head_is_plural(parts[:n])
        )
    return False


_BEFORE_NOUNS = frozenset(["a", "an", "the", "its", "their", "each", "every", "your"])


def _acts(word: str, before: str, raw_before: str, n: int) -> bool:
    """Is a word that no list has a verb all the same, for an article follows: "the client broadcasts a message"?"""
    if n > 8 or (n == 1 and before.endswith("ly")) or not word.isalpha() or word in STOP_WORDS:
        return False
    if looks_plural(word) and not looks_plural(before):
        return before not in _ADJECTIVES and not before.endswith(("ed", "ing", ","))
    return word.endswith("ed") and len(word) > 4 and raw_before[:1].isupper() and raw_before[-1:].isalpha()


def _head_is_plural(subject: list[str]) -> bool:
    """Is it "users of the workspace", "notebooks in the workspace": a plural before the first preposition?"""
    of = next(
        (n for n, part in enumerate(subject) if n and bare(part) in ("of", "in", "on", "inside", "within")), 0
    )
    return bool(of) and len(subject) <= 8 and looks_plural(bare(subject[of - 1])) and len(subject) > of + 1


BASE_NOUNS = frozenset(
    """
        access test train score report request process name group list log map record schedule search set
        query rate value charge trigger share store update use view work load build call change check control model
        start stop link support
        code host scale
        """.split()
)
"""Base forms that are nouns as well; between two nouns they are taken for nouns."""


_CLINGING = PREPOSITIONS - {"of"}
_CLINGING_TO_PASSIVE = PREPOSITIONS | {"to"}


def verb_end(parts: list[str], at: int) -> int:
    """Where the verb group that begins at `at` ends: auxiliaries, adverbs, participle, a preposition that clings."""
    while bare(parts[at]) in ADVERBS and at + 1 < len(parts):
        at += 1
    n = at + 1
    verb = bare(parts[at])
    if verb in MODAL:
        while n < len(parts) and bare(parts[n]) in ADVERBS:
            n += 1
        if n < len(parts) and bare(parts[n]) in ("be", "have"):
            n += 1
            while n < len(parts) and (bare(parts[n]) in ADVERBS or bare(parts[n]) == "been"):
                n += 1
            if n < len(parts) and is_participle(bare(parts[n])):
                n += 1
                return n + 1 if n < len(parts) and bare(parts[n]) in PREPOSITIONS else n
            return n
        if n < len(parts) and re.fullmatch(r"[a-z-]+", parts[n]):
            n += 1
            return n + 1 if n + 1 < len(parts) and bare(parts[n]) in _CLINGING else n
        return n
    while n < len(parts) and bare(parts[n]) in ADVERBS:
        n += 1
    if verb in BE:
        if n < len(parts) and is_participle(bare(parts[n])) and not parts[n].endswith(","):
            n += 1
            return n + 1 if n + 1 < len(parts) and bare(parts[n]) in _CLINGING_TO_PASSIVE else n
        return n
    if n + 1 < len(parts) and bare(parts[n]) in _CLINGING and verb not in ("has", "have"):
        n += 1
    return n
