"""A running Anki on this machine, spoken to through its add-on AnkiConnect."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from dp100cards.errors import DataError, UsageError

HOST, PORT = "127.0.0.1", 8765
PATIENCE = 120
"""Seconds: Anki answers between two redraws of its window, and a large import takes a while."""
BATCH = 200
NEEDED = (
    "addTags", "cardsModTime", "changeDeck", "deleteNotes", "findCards", "findModelsByName", "findNotes",
    "getActiveProfile", "getDecks", "getReviewsOfCards", "importPackage", "insertReviews", "modelNames", "notesInfo",
    "notesModTime", "removeTags", "setSpecificValueOfCard", "storeMediaFile", "suspend", "unsuspend",
    "updateModelStyling", "updateModelTemplates", "updateNoteFields",
)  # fmt: skip
AGAIN = "Nothing is lost: run `dp100 anki sync` again"

Action = tuple[str, dict[str, Any]]


class AnkiConnect:
    """The add-on. All raises UsageError or DataError, with a sentence."""

    def __init__(self, port: int = PORT, key: str = "") -> None:
        self._connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
        self._key = {"key": key} if key else {}

    def call(self, action: str, **params: Any) -> Any:
        """The result of one action."""
        request = {"action": action, "version": 6, "params": params} | self._key
        try:
            self._connection.request("POST", "/", json.dumps(request), {"Content-Type": "application/json"})
            reply = json.loads(self._connection.getresponse().read())
            error, result = reply["error"], reply["result"]
        except ConnectionRefusedError:
            raise UsageError(
                "Anki is not running, or its add-on AnkiConnect (2055492159) is not installed; start Anki and try again"
            ) from None
        except (OSError, http.client.HTTPException) as problem:
            raise DataError(f"the connection to Anki broke off ({problem or 'no answer'}). {AGAIN}") from None
        except (ValueError, KeyError, TypeError):
            raise UsageError(f"what answers on port {self._connection.port} is not AnkiConnect") from None
        if error:
            raise DataError(f"Anki could not do {action}: {error}. {AGAIN}")
        return result

    def several(self, actions: Iterable[Action]) -> list[Any]:
        """The results of many actions."""
        results: list[Any] = []
        for batch in batches(list(actions)):
            sent = [{"action": name, "version": 6, "params": params} | self._key for name, params in batch]
            for (name, _), reply in zip(batch, self.call("multi", actions=sent), strict=True):
                failed, result = reply.get("error"), reply.get("result")
                if failed or (name == "setSpecificValueOfCard" and result != [True]):
                    raise DataError(f"Anki could not do {name}: {failed or result}. {AGAIN}")
                results.append(result)
        return results

    def in_batches(self, action: str, name: str, items: Iterable[Any]) -> Iterator[Any]:
        """The results of an action that takes a list under this name, one for each of the items."""
        for batch in batches(list(items)):
            yield from self.call(action, **{name: batch})

    def profile(self) -> str:
        """Greet: is all there that is needed? The name of the profile that is open."""
        known = self.call("apiReflect", scopes=["actions"], actions=None)["actions"]
        if missing := [action for action in NEEDED if action not in known]:
            raise UsageError(
                f"this AnkiConnect is too old (it has no {missing[0]}); in Anki: Tools, Add-ons, Check for Updates"
            )
        return str(self.call("getActiveProfile") or "")


def batches(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Items in lots that one request holds."""
    return (items[n : n + BATCH] for n in range(0, len(items), BATCH))


def values_of_card(number: int, values: Mapping[str, Any]) -> Action:
    """The action that sets values of a card."""
    return "setSpecificValueOfCard", {
        "card": number, "keys": list(values), "newValues": list(values.values()), "warning_check": True,
    }  # fmt: skip
