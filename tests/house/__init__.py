"""What holds for the whole house: floors, rooms, templates, styles, settings, pages."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

BASE = Path(settings.BASE_DIR)
# From the roof to the ground: a floor may know itself and what is below it.
FLOORS = ("config", "cms", "participation", "ideas", "moderation", "accounts", "common")


def modules(*floors: str) -> Iterator[tuple[str, Path]]:
    """Dotted name and file of every module of ours, without migrations."""
    for floor in floors or FLOORS:
        for path in sorted((BASE / floor).rglob("*.py")):
            parts = path.relative_to(BASE).with_suffix("").parts
            if "migrations" not in parts:
                yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def imports(path: Path) -> set[str]:
    """The dotted names that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())
