"""A stand-in for AnkiConnect: the actions that are asked for, on loopback, over a collection of the real Anki."""

# ruff: noqa: N802, N803 – the names are AnkiConnect's

from __future__ import annotations

import json
import time
from base64 import b64decode
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any


class Stop(Exception):
    """The connection breaks off here."""


class StandIn:
    """The add-on in a running Anki. `hidden` are the actions that it lacks; `calls` those that were asked."""

    def __init__(self, anki: Any) -> None:
        self.anki = anki
        self.profile: str | None = "User 1"
        self.calls: list[str] = []
        self.break_at: tuple[str, int] | None = None
        self.hidden: set[str] = set()
        self.key = ""
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                outer._answer(self)

            def log_message(self, format: str, *args: object) -> None:
                pass

        handler = Handler
        self.server = HTTPServer(("127.0.0.1", 0), handler)
        self.port = self.server.server_port
        self.thread = Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def _answer(self, request: Any) -> None:
        body = json.loads(request.rfile.read(int(request.headers["Content-Length"])))
        try:
            reply = json.dumps(self._reply(body)).encode()
        except Stop:
            request.close_connection = True
            return
        request.send_response(200)
        request.send_header("Content-Length", str(len(reply)))
        request.end_headers()
        request.wfile.write(reply)

    def _reply(self, body: dict[str, Any]) -> dict[str, Any]:
        action = body["action"]
        self.calls.append(action)
        if self.break_at and action == self.break_at[0]:
            if not self.break_at[1]:
                raise Stop
            self.break_at = action, self.break_at[1] - 1
        try:
            if body.get("key", "") != self.key:
                raise ValueError("valid api key must be provided")
            if action in self.hidden or not hasattr(self, f"do_{action}"):
                raise ValueError("unsupported action")
            return {"result": getattr(self, f"do_{action}")(**body.get("params", {})), "error": None}
        except Stop:
            raise
        except Exception as error:
            return {"result": None, "error": str(error)}

    @property
    def col(self) -> Any:
        return self.anki.collection

    def do_getActiveProfile(self) -> str | None:
        return self.profile

    def do_multi(self, actions: list[dict[str, Any]]) -> list[Any]:
        return [self._reply(each) for each in actions]

    def do_findCards(self, query: str) -> list[int]:
        return list(map(int, self.col.find_cards(query)))

    def do_cardsModTime(self, cards: list[int]) -> list[Any]:
        return [{"cardId": id_, "mod": self.col.get_card(id_).mod} for id_ in cards]

    def do_getDecks(self, cards: list[int]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for id_ in cards:
            found.setdefault(self.col.decks.name(self.col.get_card(id_).did), []).append(id_)
        return found

    def do_getReviewsOfCards(self, cards: list[int]) -> dict[int, list[dict[str, int]]]:
        names = ("id", "usn", "ease", "ivl", "lastIvl", "factor", "time", "type")
        return {
            id_: [dict(zip(names, row, strict=True)) for row in self.col.db.all(f"select {', '.join(names)} from revlog where cid = ?", id_)]
            for id_ in cards
        }  # fmt: skip

    def do_insertReviews(self, reviews: list[list[int]]) -> None:
        rows = ",".join(f"({','.join(map(str, row))})" for row in reviews)
        self.col.db.execute(f"insert into revlog(id,cid,usn,ease,ivl,lastIvl,factor,time,type) values {rows}")

    def do_setSpecificValueOfCard(
        self, card: int, keys: list[str], newValues: list[Any], warning_check: bool = False
    ) -> Any:
        found = self.col.get_card(card)
        try:
            for key, value in zip(keys, newValues, strict=True):
                setattr(found, key, value)
            self.col.update_card(found, skip_undo_entry=True)
            return [True]
        except Exception as error:
            return [[False, str(error)]]

    def do_importPackage(self, path: str) -> bool:
        from anki.importing import AnkiPackageImporter

        AnkiPackageImporter(self.col, path).run()
        return True

    def do_modelNames(self) -> list[str]:
        return [each.name for each in self.col.models.all_names_and_ids()]

    def do_findModelsByName(self, modelNames: list[str]) -> list[Any]:
        return [self.col.models.by_name(name) for name in modelNames]

    def do_updateModelTemplates(self, model: dict[str, Any]) -> None:
        mine = self.col.models.by_name(model["name"])
        for template in mine["tmpls"]:
            sides = model["templates"][template["name"]]
            template["qfmt"], template["afmt"] = sides["Front"], sides["Back"]
        self.col.models.update_dict(mine)

    def do_updateModelStyling(self, model: dict[str, Any]) -> None:
        mine = self.col.models.by_name(model["name"])
        mine["css"] = model["css"]
        self.col.models.update_dict(mine)

    def do_notesInfo(self, notes: list[int]) -> list[Any]:
        found = []
        for id_ in notes:
            note = self.col.get_note(id_)
            fields = {name: {"value": value, "order": n} for n, (name, value) in enumerate(note.items())}
            found.append(
                {
                    "noteId": id_,
                    "tags": note.tags,
                    "fields": fields,
                    "modelName": note.note_type()["name"],
                    "mod": note.mod,
                }
            )
        return found

    def do_updateNoteFields(self, note: dict[str, Any]) -> None:
        mine = self.col.get_note(note["id"])
        for name, value in note["fields"].items():
            mine[name] = value
        self.col.update_note(mine, skip_undo_entry=True)

    def do_addTags(self, notes: list[int], tags: str) -> None:
        self.col.tags.bulk_add(notes, tags)

    def do_removeTags(self, notes: list[int], tags: str) -> None:
        self.col.tags.bulk_remove(notes, tags)

    def do_deleteNotes(self, notes: list[int]) -> None:
        self.col.remove_notes(notes)

    def do_changeDeck(self, cards: list[int], deck: str) -> None:
        self.col.sched.remFromDyn(cards)
        marks = ",".join(map(str, cards))
        self.col.db.execute(
            f"update cards set did = ?, mod = ? where id in ({marks})",
            self.col.decks.id(deck),
            int(time.time()),
        )

    def do_suspend(self, cards: list[int], suspend: bool = True) -> bool:
        if suspend:
            self.col.sched.suspend_cards(cards)
        else:
            self.col.sched.unsuspend_cards(cards)
        return True

    def do_unsuspend(self, cards: list[int]) -> None:
        self.do_suspend(cards, False)

    def do_storeMediaFile(self, filename: str, data: str) -> str:
        return str(self.col.media.write_data(filename, b64decode(data)))
