"""docs/reference/cli.md: every command of `tuidan` with its help."""

from collections.abc import Iterator

import click

from tuidan.site.cli import tuidan

WIDTH = 100


def commands_below(context: click.Context) -> Iterator[click.Context]:
    """All commands that do something; groups only lead to them."""
    command = context.command
    if not isinstance(command, click.Group):
        yield context
        return
    for name, inner in sorted(command.commands.items()):
        if not inner.hidden:
            yield from commands_below(
                click.Context(inner, parent=context, info_name=name, **inner.context_settings)
            )


def help_of_commands() -> Iterator[str]:
    """The help of each command as it prints it."""
    settings = {**tuidan.context_settings, "terminal_width": WIDTH, "max_content_width": WIDTH}
    for context in commands_below(click.Context(tuidan, info_name="tuidan", **settings)):
        yield f"\n## `{context.command_path}`\n\n```text\n{context.get_help()}\n```\n"
