"""`dp100 completion`: the shell completes commands and options, and the names of decks, tags and cards."""

from __future__ import annotations

from collections.abc import Iterable

import click
from click.shell_completion import CompletionItem, get_completion_class

from dp100cards.clean import say
from dp100cards.cli.context import AppContext

SHELLS = {
    "bash": "complete -o nosort -F _dp100_completion dp100cards",
    "zsh": "compdef _dp100_completion dp100cards",
    "fish": 'complete --no-files --command dp100cards --arguments "(_dp100_completion)"',
}
"""For each shell what serves the program's second name."""


@click.command(short_help="Have your shell complete commands, decks, tags and cards.")
@click.argument("shell", type=click.Choice(sorted(SHELLS)))
def completion(shell: str) -> None:
    """Print what makes a shell complete commands, decks, tags and card ids.

    \b
    bash, in ~/.bashrc:   eval "$(dp100 completion bash)"
    zsh, in ~/.zshrc:     eval "$(dp100 completion zsh)"
    fish, in config.fish: dp100 completion fish | source
    """
    kind = get_completion_class(shell)
    assert kind is not None
    source = kind(click.Group("dp100"), {}, "dp100", "_DP100_COMPLETE").source_template % {
        "complete_func": "_dp100_completion", "complete_var": "_DP100_COMPLETE", "prog_name": "dp100",
    }  # fmt: skip
    say(f"{source}\n{SHELLS[shell]}")


class Name(click.types.StringParamType):
    """The name of a deck, a tag or a card: text, of which the shell can complete the rest."""

    def __init__(self, what: str) -> None:
        self.what = what

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """What can be typed here. Whatever goes wrong, a shell is waiting: then it is nothing."""
        try:
            return [CompletionItem(name) for name in sorted(self._names(ctx)) if name.startswith(incomplete)]
        except Exception:
            return []

    def _names(self, ctx: click.Context) -> Iterable[str]:
        root = ctx.find_root()
        work = AppContext(root.params.get("home"), root.params.get("data"))
        index = work.index
        try:
            if self.what == "DECK":
                return [deck.name for deck in index.decks()]
            if self.what == "TAG":
                return {tag for entry in index.entries() for tag in entry.tags}
            return list(index.ids())
        finally:
            index.close()


def knows_names(command: click.Command) -> None:
    """Have the arguments and options of a command that stand for a deck, a tag or a card complete to them."""
    for parameter in command.params:
        shown = (parameter.metavar or "").strip("[]…").upper()
        if shown in ("DECK", "TAG", "ID", "CARD") and isinstance(parameter.type, click.types.StringParamType):
            parameter.type = Name(shown)
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            knows_names(inner)
