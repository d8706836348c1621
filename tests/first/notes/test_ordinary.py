"""Ordinary words, and words that are nearly one."""

from __future__ import annotations

import pytest

from dp100cards.first.notes.ordinary import is_ordinary, meant, slips


@pytest.mark.parametrize(
    "word", ["storage", "Stores", "deployable", "customised", "preprocessing", "copied", "planned"]
)
def test_words_are_known_in_their_forms(word: str) -> None:
    assert is_ordinary(word)


@pytest.mark.parametrize("word", ["Klipper", "Qdrant", "availibility", "parition"])
def test_names_and_slips_are_no_ordinary_words(word: str) -> None:
    assert not is_ordinary(word)


def test_a_slip_tells_what_was_meant() -> None:
    assert "partition" in meant("parition")
    assert not meant("partition")
    assert not meant("kubelet")


def test_slips_are_looked_for_in_words_only() -> None:
    assert slips("A parition of the `parition` in data/parition holds sapce.") == ["parition", "sapce"]
    assert slips("A partition holds data, and Sapce is a name.") == []
