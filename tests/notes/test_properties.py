"""Whatever stands in a note, reading it raises nothing, is the same each time, and takes linear time."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dp100cards.generate.pipeline import draft_cards

PIECES = st.sampled_from(
    [
        *"# Head|## What is X?|### Item 1 {level=exam}|- [x] yes|- [ ] no|  > why|**Term**: a thing of code|a -> b -> c|Q: who?|A: me"
        "|term :: meaning|?|==gap==|{{c1::x::y}}|| a | b ||| --- | --- ||| Statement | Yes/No ||```py gaps|x = {{a|b}}|```|__1__|**1**"
        "|1. one|2. two|Put them in order.|Match each one.|> Today (2026-06): use Y instead.|X is a y of z.|<details>|</details>|---|$$".split(
            "|"
        ),
        "",
        "    code",
        "\t- nested",
        "| a | b |",
        "| --- | --- |",
        "| n | Yes |",
        "\x00",
        "\ufeff",
        "é—„“",
        "[a](b)",
        "![p](q.png)",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=14).map("\n".join))
def test_no_note_raises(text: str) -> None:
    assert draft_cards({"a.md": text}) == draft_cards({"a.md": text})


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120), st.text(max_size=40))
def test_no_text_raises(text: str, front: str) -> None:
    draft_cards({"a.md": text, "b/c.md": f"---\n{front}\n---\n{text}"})


LONG: dict[str, Callable[[int], str]] = {
    "dots": lambda n: "." * (40 * n),
    "blanks": lambda n: "a " + " " * (40 * n) + "b",
    "braces": lambda n: "{{a" * (10 * n),
    "brackets": lambda n: "[" * (40 * n),
    "items": lambda n: "\n".join(f"- item number {k} of the list" for k in range(n)),
    "terms": lambda n: "\n".join(f"- **Alpha{k}**: a thing of kind {k}" for k in range(n)),
    "rows": lambda n: "| a | b |\n| - | - |\n" + "\n".join(f"| n{k} | v{k} |" for k in range(n)),
}


@pytest.mark.parametrize("name", LONG)
def test_time_grows_with_the_size_and_not_with_its_square(name: str) -> None:
    def seconds(size: int) -> float:
        text = LONG[name](size)
        started = time.process_time()
        draft_cards({"a.md": text})
        return time.process_time() - started

    assert seconds(2_000) < 9 * max(seconds(500), 0.02)
