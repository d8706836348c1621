"""`Workplace` is `AppContext` now; this goes when nobody asks here any more."""

from __future__ import annotations

from dp100cards.cli import context

Workplace = context.AppContext
pass_workplace = context.pass_context
interruptible = context.interruptible
