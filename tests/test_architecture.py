"""Imports go one way through the rooms; each outside library lives in its own one (type-only and lazy imports too)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "plugins" / "milepost"
MAY_IMPORT = {  # each room may import those named here, and itself
    "__init__": (),
    "diagnostics": (),
    "source": ("diagnostics",),
    "records": ("diagnostics", "source"),
    "plan": ("diagnostics", "source", "records"),
    "views": ("diagnostics", "source", "records", "plan"),
    "render": ("diagnostics", "source", "records", "plan", "views"),
    "publish": ("diagnostics", "source", "records", "plan", "views"),
    "build": ("diagnostics", "source", "records", "plan", "views", "render", "publish"),
    "hosts": ("__init__", "diagnostics", "source", "records", "plan", "views", "render", "publish", "build"),
    "__main__": ("hosts",),
}
LIVES_IN = {
    "yaml": ("source",),
    "pydantic": ("records",),
    "pydantic_core": ("records",),
    "jinja2": ("render",),
    "markupsafe": ("render",),
    "nh3": ("render",),
    "babel": ("render",),
    "numpy": ("plan",),
    "holidays": ("plan",),
    "resvg_py": ("render",),
    "markdown": ("render", "hosts"),  # in render for rich text alone
    "mkdocs": ("hosts",),
    "click": ("hosts",),
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(PACKAGE)))
def test_imports(module: Path) -> None:
    room = room_of(module)
    for name in imports(module):
        top, _, rest = name.partition(".")
        if top == "milepost":
            other = rest.split(".")[0]
            other = other if other in MAY_IMPORT else "__init__"
            assert other == room or other in MAY_IMPORT[room], f"{room} imports {name}"
        elif top in LIVES_IN:
            assert room in LIVES_IN[top], f"{room} imports {name}"


def test_no_import_ring_inside_a_room() -> None:
    names = {
        "milepost." + ".".join(m.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): m
        for m in MODULES
    }
    needs = {
        name: {
            next((part for part in (found, found.rpartition(".")[0]) if part in names), "") for found in imports(module)
        }
        - {"", name}
        for name, module in names.items()
    }
    while leaves := {name for name, found in needs.items() if not found & needs.keys()}:
        needs = {name: found for name, found in needs.items() if name not in leaves}
    assert not needs, f"modules that import each other: {sorted(needs)}"


def test_no_module_is_a_drawer() -> None:
    assert not {m.stem for m in MODULES} & {"utils", "util", "helpers", "common", "base", "misc"}
