"""The map and the table of settings say what the code says."""

import re

import pytest
from drawn_pages import PAGES, ROOT, SOURCE, files_of_the_product, first_sentence, page, table_of_settings
from drawn_states import NOUNS

from tuidan.site.environment import DEFAULTS


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_page_is_as_the_code_draws_it(name: str) -> None:
    drawn_again = "python tests/docs/drawn_pages.py"
    assert (ROOT / name).read_text(encoding="utf-8") == page(name), f"draw it again: {drawn_again}"


def test_every_file_of_the_product_is_on_the_map_with_what_it_is_for() -> None:
    on_the_map = (ROOT / "docs/map.md").read_text(encoding="utf-8")
    missing = [
        str(path.relative_to(ROOT))
        for path in files_of_the_product()
        if path.name != "__init__.py"
        and (f"| `{path.name}` | " not in on_the_map or not first_sentence(path))
    ]
    assert missing == []


def test_every_setting_has_its_row() -> None:
    rows = "".join(table_of_settings())
    assert [name for name in DEFAULTS if f"| `{name}`" not in rows] == []


def test_every_table_of_states_in_the_domain_is_drawn() -> None:
    tables = {
        (str(path.relative_to(SOURCE)), len(found))
        for path in (SOURCE / "domain").rglob("*.py")
        if (found := re.findall(r"^[A-Z_]+: Table\b", path.read_text(encoding="utf-8"), re.MULTILINE))
    }
    drawn = [noun.file for noun in NOUNS]
    assert tables == {(file, drawn.count(file)) for file in drawn}
