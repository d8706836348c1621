"""What Markdown says is read, in whatever dialect or from whatever word processor it comes."""

from __future__ import annotations

from dp100cards.first.notes.blocks import Bullets, Fence, Paragraph
from dp100cards.first.notes.extract import extract
from dp100cards.first.notes.marks import as_commonmark
from dp100cards.first.notes.outline import outline

PASTED = """## Cells

• Nucleus – holds the DNA
\to Nucleolus – the place where ribosomes are made
\to Envelope – a double membrane
• Ribosome – makes proteins
"""


def test_bullets_of_word_processors_are_bullets() -> None:
    (bullets,) = outline(PASTED)[0].blocks
    assert isinstance(bullets, Bullets)
    assert len(bullets.items) == 2
    nested = bullets.items[0].blocks[-1]
    assert isinstance(nested, Bullets)
    assert [item.text.lines[0] for item in nested.items if item.text] == [4, 5]


def test_what_is_read_from_them_quotes_the_note_and_names_its_lines() -> None:
    facts = extract({"a.md": PASTED}).facts
    assert {fact.source.lines[0] for fact in facts} == {3, 4, 5, 6}
    assert all(fact.source.quote in PASTED for fact in facts)
    assert not any("• " in fact.source.quote or "o Nucleolus" in fact.source.quote for fact in facts)


def test_fences_of_admonitions_and_footnotes_state_nothing() -> None:
    text = ":::note A tip\nATP stores energy.\n:::\n\n[^1]: From a book.\n"
    blocks = outline(text)[0].blocks
    assert [type(block) for block in blocks] == [Paragraph]
    assert isinstance(blocks[0], Paragraph)
    assert blocks[0].text.plain == "ATP stores energy."


def test_code_keeps_its_letters() -> None:
    text = "```\no Yes\n• no\n:::x\n```\n\n• yes\n"
    fence, bullets = outline(text)[0].blocks
    assert isinstance(fence, Fence)
    assert fence.code == "o Yes\n• no\n:::x\n"
    assert isinstance(bullets, Bullets)


def test_other_notes_are_read_as_they_are() -> None:
    text = "- a list\n\nO Fortuna is a song; o is a letter · and a dot.\n"
    assert as_commonmark(text) is text


def test_what_stands_below_a_table_of_contents_is_no_part_of_it() -> None:
    """Notes whose only big heading is "Table of contents" were passed over as a whole."""
    note = "# Table of contents\n\n- [Kelp](#kelp)\n\n## Kelp\n\nKelp is a brown alga that grows in cold water.\n"
    assert [fact.concept for fact in extract({"n.md": note}).facts] == ["Kelp"]


def test_an_admonition_with_a_title_is_told_of_its_title_and_ends_where_it_ends() -> None:
    note = (
        "# Cells\n\n:::note Cell wall\nIt is made of cellulose and lets water pass.\n:::\n\n"
        "A cell has a membrane around it.\n\n```\n:::note Code\n```\n"
    )
    wall, cell = extract({"n.md": note}).facts
    assert wall.heading == ("Cells", "Cell wall")
    assert wall.source.quote in note
    assert cell.heading == ("Cells",)


def test_an_emoji_by_its_name_is_no_word_of_a_heading_or_a_sentence() -> None:
    note = "# Docker :whale:\n\nDocker is a tool for containers :rocket: and uses the port `80:web:90`.\n"
    (fact,) = extract({"n.md": note}).facts
    assert fact.heading == ("Docker",)
    assert "rocket" not in str(fact).replace(fact.source.quote, "")
    assert "80:web:90" in str(fact)
