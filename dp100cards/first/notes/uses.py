"""What a clause says that a thing is for: "useful for …", "use X to …"."""

from __future__ import annotations

import re

from dp100cards.cards import Source
from dp100cards.first.notes.context import Context, about_of
from dp100cards.first.notes.facts import Fact, Use

_USE = re.compile(
    r"^(?:(?P<subject>.+?)\s+(?:is|are|can be)\s+)?(?:it(?:['’]s| is)\s+"
    r"|(?:also|very|most|mainly|primarily|typically|commonly|often|particularly|especially)\s+)*"
    r"(?P<marker>(?:useful|ideal|good|great|perfect|suitable|suited|well[- ]suited|best suited|best|recommended"
    r"|intended|designed|appropriate|meant)\s+(?:for|to|when)"
    r"|used\s+(?:for|to|when))\s+(?P<purpose>.+)$",
    re.IGNORECASE,
)


_USE_VERB = re.compile(
    r"^(?i:(?:you|we)\s+(?:can|should|could|may)?\s*)?(?i:use)\s+(?P<subject>.+?(?:\s+for(?:\s+[A-Z]\w+)+(?=\s+for\b))?)"
    r"\s+(?P<marker>for|to)\s+(?P<purpose>.+)$"
)
"""A name may hold a "for" of its own: "Use App Service for Containers for web workloads"."""
_TOOL = re.compile(r"(?:the )?(?P<code>`[^`]+`)(?: \w+)?$|(?:\w+ ){1,2}(?P<last>`[^`]+`)$")
"""Code that is what is used: "the `az` tool", and not one word of many that are done something with."""
_TO_USE = re.compile(
    r"^to\s+(?P<purpose>[a-z].{4,100}?),?\s+(?:(?:you|we)\s+(?:can|should|could|may)\s+)?use\s+(?:the\s+)?"
    r"(?P<subject>`[^`]+`|[^,;:]{2,40}?)(?:\s+(?:command|cmdlet|tool|option|flag))?$",
    re.IGNORECASE,
)
"""`To apply the plan, use `terraform apply``."""


_USE_WHEN = re.compile(
    r"^(?:(?:you|we) (?:can|should|could|may) )?(?:use|choose|pick)(?: it| this| them)? (?:if|when|whenever)"
    r" (?P<purpose>.+)$",
    re.IGNORECASE,
)
"""`Use if you need many requests`, under the name of what is used."""


_ONCE = re.compile(r"used to (?:be|have|do|call|mean|work|cost)\b", re.IGNORECASE)
"""What was so once, and is no use: "used to be named …"."""


def use(text: str, source: Source, context: Context) -> list[Fact]:
    """`Useful for on-premises data`; `X is ideal for …`; `we can use this to …`."""
    body = text.rstrip(". ")
    found = _USE.match(body)
    if found and not (found["subject"] and len(found["subject"].split()) > 7):
        subject = found["subject"] or ""
        concept = about_of(subject, context)
        if (
            concept
            and len(found["purpose"].split()) <= 24
            and not _ONCE.match(f"{found['marker']} {found['purpose']}")
        ):
            marker = found["marker"].lower()
            return [
                Use(
                    **context.shared(source, concept=concept, confidence=0.9),
                    marker=marker,
                    purpose=found["purpose"],
                )
            ]
    found = _USE_WHEN.match(body)
    if found and (concept := about_of("", context)) and len(found["purpose"].split()) <= 24:
        told = context.shared(source, concept=concept, confidence=0.85)
        return [Use(**told, marker="used when", purpose=found["purpose"])]
    found = _USE_VERB.match(body) or _TO_USE.match(body)
    if found and not re.search(r"\b(?:when|if|while|as|unless)\b", found["subject"]):
        code = _TOOL.match(found["subject"])
        concept = (code["code"] or code["last"]) if code else about_of(found["subject"], context)
        if not code and "`" in found["subject"]:
            concept = ""
        if concept and len(concept.split()) <= 6 and len(found["purpose"].split()) <= 20:
            marker = f"used {found.groupdict().get('marker', 'to').lower()}"
            return [
                Use(
                    **context.shared(source, concept=concept, confidence=0.8),
                    marker=marker,
                    purpose=found["purpose"],
                )
            ]
    return []
