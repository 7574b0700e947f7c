"""Which plan folder a `mkdocs.yml` names, found without obeying anything that stands in it."""

import os
from pathlib import Path
from typing import Any

import yaml

from milepost.source import limits
from milepost.source.yaml import Parser

DEFAULT = Path("content/plan")
_PARENTS = 8  # of INHERIT, which could run in a circle


class _Environment(list[Any]):
    """The values of `!ENV`: names of variables, then a default."""


def plan_folder(config: Path) -> Path:
    """The plan folder that the plugin's option `plan` names in the configuration file `config`, else the default.

    Tags, such as those that name Python functions, are passed over, except that `!ENV` takes the value of the variable
    it names. `INHERIT` is followed. A file that can't be read says nothing.
    """
    found, file = None, config
    for _ in range(_PARENTS):
        settings = _read(file)
        found = _plan(settings.get("plugins"))
        parent = _text(settings.get("INHERIT"))
        if found or not parent:
            break
        file = file.parent / parent
    return config.parent / (found or DEFAULT)


def pages_folder(config: Path) -> Path:
    """The folder of an author's own pages that the configuration file `config` names, else MkDocs' default."""
    return config.parent / (_text(_read(config).get("docs_dir")) or "docs")


def site_folder(config: Path) -> Path:
    """The folder that the site is built into."""
    return config.parent / (_text(_read(config).get("site_dir")) or "site")


def _plan(plugins: Any) -> str | None:
    """The option `plan` of the plugin `milepost`, in either form that plugins are listed."""
    entries = plugins if isinstance(plugins, list) else [plugins]
    options = (entry["milepost"] for entry in entries if isinstance(entry, dict) and "milepost" in entry)
    return next((_text(option["plan"]) for option in options if isinstance(option, dict) and "plan" in option), None)


def _text(value: Any) -> str | None:
    if isinstance(value, _Environment):
        names = [name for name in value if isinstance(name, str)]
        default = names[-1] if len(names) > 1 else None
        return next((os.environ[name] for name in names if name in os.environ), default)
    return value if isinstance(value, str) and value else None


def _read(file: Path) -> dict[str, Any]:
    try:
        events = Parser(file.read_text("utf-8-sig"))
        events.get_event()
        events.get_event()
        found = _node(events, events.get_event(), {}, 0)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _node(events: Any, event: Any, anchors: dict[str, Any], depth: int) -> Any:
    """The value that `event` begins: mappings, lists and texts, whatever their tag."""
    if depth > limits.DEPTH:
        raise yaml.YAMLError("nested too deep")
    if isinstance(event, yaml.AliasEvent):
        return anchors.get(str(event.anchor))
    value: Any = None
    if isinstance(event, yaml.ScalarEvent):
        value = _Environment([event.value]) if event.tag == "!ENV" else event.value
    elif isinstance(event, yaml.SequenceStartEvent):
        value = _Environment() if event.tag == "!ENV" else []
        while not isinstance(inner := events.get_event(), yaml.SequenceEndEvent):
            value.append(_node(events, inner, anchors, depth + 1))
    elif isinstance(event, yaml.MappingStartEvent):
        value = {}
        while not isinstance(inner := events.get_event(), yaml.MappingEndEvent):
            key = _node(events, inner, anchors, depth + 1)
            content = _node(events, events.get_event(), anchors, depth + 1)
            if isinstance(key, str):
                value[key] = content
    if getattr(event, "anchor", None):
        anchors[event.anchor] = value
    return value
