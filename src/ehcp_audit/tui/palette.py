"""The command palette: what the screen below it can do, by name."""

from __future__ import annotations

from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from ehcp_audit.tui.base import AuditScreen


class ActionProvider(Provider):
    """Offers the actions of the screen under the palette."""

    async def discover(self) -> Hits:
        """Offer everything before anything is typed."""
        screen = self.screen
        if isinstance(screen, AuditScreen):
            for action in screen.actions:
                if action.name != "palette":
                    yield DiscoveryHit(
                        action.title, partial(screen.action_run, action.name), help=action.help
                    )

    async def search(self, query: str) -> Hits:
        """Offer what matches."""
        screen = self.screen
        matcher = self.matcher(query)
        if isinstance(screen, AuditScreen):
            for action in screen.actions:
                score = matcher.match(action.title)
                if score > 0 and action.name != "palette":
                    yield Hit(
                        score,
                        matcher.highlight(action.title),
                        partial(screen.action_run, action.name),
                        help=action.help,
                    )
