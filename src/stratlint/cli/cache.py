"""``stratlint cache``: what is kept between runs, and how to forget it."""

from __future__ import annotations

import click

EPILOG = """\b
Examples:
  stratlint cache info
  stratlint cache clear
"""


@click.group(epilog=EPILOG)
def command() -> None:
    """Show or clear the cache of analyses.

    The cache holds the analysis of each document by the hash of its content, the settings and
    the knowledge in force. Clearing it is always safe: the next run takes longer.
    """


@command.command()
def info() -> None:
    """Say where the cache is and how much it holds."""
    from stratlint.workers.cache import Cache

    with Cache() as cache:
        found = cache.info()
    click.echo(f"file     {found.path}")
    click.echo(f"entries  {found.entries}")
    click.echo(f"size     {found.size / 1e6:.1f} MB of at most {found.limit / 1e6:.0f} MB")


@command.command()
def clear() -> None:
    """Forget every analysis."""
    from stratlint.workers.cache import Cache

    with Cache() as cache:
        count = cache.clear()
    click.echo(f"{count} {'entry' if count == 1 else 'entries'} cleared")
