"""Pages that are drawn from the code: the map of the files, the states, everything in docs/reference/.

`python tests/docs/drawn_pages.py` draws them again. What stands above the line `<!-- drawn -->` of a page is written
by hand and kept; what stands below comes from the code.
"""

import ast
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from drawn_cli import help_of_commands
from drawn_reference import table_of_commands, table_of_effects, table_of_events, table_of_refusals
from drawn_states import states

from tuidan.site.environment import SETTINGS

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "tuidan"
LINE = "<!-- drawn -->\n"


def first_sentence(path: Path) -> str:
    """What a Python file says it is for."""
    words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return words.split("\n\n")[0].replace("\n", " ")


def files_of_the_product() -> list[Path]:
    """The Python files that git keeps or would keep, without migrations and empty packages."""
    said = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "src/tuidan"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    paths = {ROOT / name.decode() for name in said.stdout.split(b"\0") if name.endswith(b".py")}
    return sorted(path for path in paths if path.is_file() and path.parent.name != "migrations")


def map_of_the_files() -> Iterator[str]:
    """One section per folder: what the folder is for, then its files."""
    files = files_of_the_product()
    for folder in sorted({path.parent for path in files}):
        yield f"\n### `{folder.relative_to(ROOT / 'src')}/`\n\n"
        package = folder / "__init__.py"
        if package in files and first_sentence(package):
            yield f"{first_sentence(package)}\n\n"
        inside = [path for path in files if path.parent == folder and path != package]
        if inside:
            yield "| file | what for |\n|---|---|\n"
            yield from (f"| `{path.name}` | {first_sentence(path).replace('|', '/')} |\n" for path in inside)


def table_of_settings() -> Iterator[str]:
    """One row per setting."""
    yield "\n| 名称 name | 默认 default | 含义 | meaning |\n|---|---|---|---|\n"
    for setting in SETTINGS:
        default = f"`{setting.default}`" if setting.default else "–"
        name = f"`{setting.name}`" + (" 🔑" if setting.secret else "")
        yield f"| {name} | {default} | {setting.meaning_zh} | {setting.meaning_en} |\n"


PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "docs/map.md": map_of_the_files,
    "docs/reference/cli.md": help_of_commands,
    "docs/reference/commands.md": table_of_commands,
    "docs/reference/effects.md": table_of_effects,
    "docs/reference/events.md": table_of_events,
    "docs/reference/refusals.md": table_of_refusals,
    "docs/reference/settings.md": table_of_settings,
    "docs/states.md": states,
}


def page(name: str) -> str:
    """The page as it should be: its hand-written head, and its drawn part."""
    head = (ROOT / name).read_text(encoding="utf-8").partition(LINE)[0]
    return head + LINE + "".join(PAGES[name]())


if __name__ == "__main__":
    for each in PAGES:
        (ROOT / each).write_text(page(each), encoding="utf-8")
