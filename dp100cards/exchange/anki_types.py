"""The note types of an Anki package: fields, templates, style.

One note type for each kind of card. Its id is made of its name and its fields, and so changes when, and only when,
they do: Anki would otherwise report a conflict, and leave a junk type behind.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Any

FIELDS = ("Question", "Choices", "Answer", "Explanation", "Source", "Extra 1", "Extra 2")
CLOZE_FIELDS = ("Text", "Explanation", "Source", "Extra 1", "Extra 2")
"""The last two are spare, so that a later version need not change the fields."""

NAMES = {
    "basic": "dp100 Basic", "cloze": "dp100 Cloze", "choice": "dp100 Choice", "multiple": "dp100 Multiple response",
    "order": "dp100 Order", "match": "dp100 Match", "statements": "dp100 Statements", "code": "dp100 Code",
}  # fmt: skip

STYLE = """
.card { font-family: system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; font-size: 20px; line-height: 1.45;
  max-width: 40em; margin: 0 auto; padding: 0.6em; text-align: left; color: #1c2733; background: #ffffff;
  overflow-wrap: anywhere; }
.question { font-weight: 600; margin-bottom: 0.8em; }
.scenario { font-weight: normal; font-size: 0.9em; margin: 0 0 1em; padding-left: 0.8em;
  border-left: 3px solid #b9c4cf; }
.answer { margin: 0.6em 0; }
.explanation { margin-top: 0.9em; }
ul.list { margin: 0.3em 0; padding-left: 1.2em; } ul.list li { margin: 0.15em 0; }
.shows { margin-top: 0.6em; color: #8a5a00; }
.source { margin-top: 1.2em; font-size: 0.75em; color: #5d6b79; }
ul.choices, ol.choices { list-style: none; padding: 0; margin: 0; }
.choices li { border: 1px solid #b9c4cf; border-radius: 0.5em; padding: 0.5em 0.8em; margin: 0.4em 0; }
.choices[data-fixed] li { border-width: 0 0 0 3px; border-radius: 0; padding: 0.2em 0.8em; }
.choices li.right { border-color: #2c7a4b; background: #e8f5ec; }
.choices li.right::before { content: "✓ "; }
.choices li.wrong { border-color: #b3413b; }
.choices li.picked { border-color: #2f6f9f; box-shadow: 0 0 0 1px #2f6f9f; }
.choices li.right.picked { border-color: #2c7a4b; box-shadow: 0 0 0 1px #2c7a4b; }
.choices li.wrong.picked { border-color: #b3413b; box-shadow: 0 0 0 1px #b3413b; background: #fbeceb; }
.choices li.wrong.picked::before { content: "✗ "; }
.because { display: block; font-size: 0.85em; color: #5d6b79; }
pre { overflow-x: auto; padding: 0.6em; border-radius: 0.4em; background: #f2f5f7; font-size: 0.85em; }
.question pre { font-weight: normal; } ol { padding-left: 1.6em; } ol li { margin: 0.25em 0; }
code { font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; font-size: 0.92em; }
table { border-collapse: collapse; } td { padding: 0.25em 0.8em 0.25em 0; vertical-align: top; }
.cloze { font-weight: 700; color: #2f6f9f; }
hr { border: 0; border-top: 1px solid #b9c4cf; }
.nightMode .card, .nightMode.card, .night_mode .card { color: #dde4ea; background: #1e252c;
  color-scheme: dark; }
.nightMode .source, .nightMode .because { color: #9aa8b5; }
.nightMode .choices li { border-color: #46525e; }
.nightMode .choices li.right { background: #1f3a2a; border-color: #58b27c; }
.nightMode .choices li.wrong { border-color: #d9736c; }
.nightMode .choices li.picked { border-color: #6fb1dd; box-shadow: 0 0 0 1px #6fb1dd; }
.nightMode .choices li.right.picked { border-color: #58b27c; box-shadow: 0 0 0 1px #58b27c; }
.nightMode .choices li.wrong.picked { border-color: #d9736c; box-shadow: 0 0 0 1px #d9736c; background: #3d2625; }
.nightMode .scenario { border-color: #46525e; }
.nightMode .shows { color: #e0b45c; }
.nightMode pre { background: #2a333c; }
.nightMode .cloze { color: #7fbde6; }
""".strip()

SHUFFLE = """
<script>
(function () {
  var list = document.querySelector(".front .choices"), asked = document.querySelector(".question");
  if (!list || !asked) { return; }
  asked = asked.textContent;
  var items = Array.prototype.slice.call(list.children), order = items.map(function (_, n) { return n; });
  function keep() {
    var picked = order.filter(function (n) { return items[n].classList.contains("picked"); });
    try { sessionStorage.setItem("dp100", JSON.stringify([asked, order, picked])); } catch (e) {}
  }
  if (!list.hasAttribute("data-fixed")) {
    for (var i = order.length - 1; i > 0; i--) {
      var j = Math.floor(Math.random() * (i + 1)), swap = order[i];
      order[i] = order[j]; order[j] = swap;
    }
    order.forEach(function (n) { list.appendChild(items[n]); });
    items.forEach(function (item) {
      item.addEventListener("click", function () {
        if (list.hasAttribute("data-one")) {
          items.forEach(function (other) { if (other !== item) { other.classList.remove("picked"); } });
        }
        item.classList.toggle("picked");
        keep();
      });
    });
  }
  keep();
})();
</script>
""".strip()
"""Shuffles the options, lets them be tapped, and keeps order and picks for the back; without it all reads as well.

They are kept with the question, so that no other card's back takes them for its own.
"""

RECALL = """
<script>
(function () {
  var list = document.querySelector(".back .choices:not([data-fixed])"), kept = null;
  var asked = document.querySelector(".question");
  try { kept = JSON.parse(sessionStorage.getItem("dp100")); } catch (e) {}
  if (!list || !asked || !kept || kept[0] !== asked.textContent) { return; }
  if (kept[1].length !== list.children.length) { return; }
  var items = Array.prototype.slice.call(list.children);
  kept[1].forEach(function (n) { list.appendChild(items[n]); });
  kept[2].forEach(function (n) { items[n].classList.add("picked"); });
})();
</script>
""".strip()
"""Shows the answers in the order of the front, with what was tapped."""

FRONT = '<div class="front"><div class="question">{{Question}}</div>{{Choices}}</div>\n' + SHUFFLE
BACK = (
    '<div class="question">{{Question}}</div><hr id="answer"><div class="answer back">{{Answer}}</div>'
    '{{#Explanation}}<div class="explanation">{{Explanation}}</div>{{/Explanation}}'
    '{{#Source}}<div class="source">{{Source}}</div>{{/Source}}\n' + RECALL
)
CLOZE_FRONT = '<div class="question">{{cloze:Text}}</div>'
CLOZE_BACK = (
    '<div class="question">{{cloze:Text}}</div>'
    '{{#Explanation}}<div class="explanation">{{Explanation}}</div>{{/Explanation}}'
    '{{#Source}}<div class="source">{{Source}}</div>{{/Source}}'
)


CHANGED = 1795_458_157
"""2026-11-23: when templates or style last changed, in seconds. Anki takes over only what is newer than its own, so
whoever changes them sets this to the moment of the change; a test holds it."""


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type: its stable id, its name, its fields."""

    id: int
    name: str
    fields: tuple[str, ...]
    cloze: bool


@cache
def note_type(kind: str) -> NoteType:
    """The note type for a kind of card."""
    cloze = kind == "cloze"
    fields = CLOZE_FIELDS if cloze else FIELDS
    return NoteType(stable_id("notetype", NAMES[kind], *fields), NAMES[kind], fields, cloze)


def stable_id(*parts: str) -> int:
    """A number for Anki made of texts alone: milliseconds of a moment between 2001 and 2017, so never in the future."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).digest()
    return 1_000_000_000_000 + int.from_bytes(digest[:8], "big") % 500_000_000_000


def model(kind: str, deck: int) -> dict[str, Any]:
    """The note type as Anki's collection table holds it."""
    found = note_type(kind)
    front, back = (CLOZE_FRONT, CLOZE_BACK) if found.cloze else (FRONT, BACK)
    return {
        "id": found.id,
        "name": found.name,
        "type": int(found.cloze),
        "mod": CHANGED,
        "usn": -1,
        "sortf": 0,
        "did": deck,
        "tmpls": [
            {
                "name": "Card 1", "ord": 0, "qfmt": front, "afmt": back, "bqfmt": "", "bafmt": "", "did": None,
                "bfont": "", "bsize": 0,
            }
        ],
        "flds": [
            {"name": name, "ord": n, "sticky": False, "rtl": False, "font": "Arial", "size": 20, "media": []}
            for n, name in enumerate(found.fields)
        ],
        "css": STYLE,
        "latexPre": "",
        "latexPost": "",
        "latexsvg": False,
        "req": [[0, "any", [0]]],
        "tags": [],
        "vers": [],
    }  # fmt: skip
