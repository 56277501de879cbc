"""``add``, ``stories`` and ``show``: a store that grows article by article."""

import typer


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
