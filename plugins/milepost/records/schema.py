"""The JSON Schema of plan files, from the record types: what editors complete and check while an author writes."""

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from itertools import pairwise
from typing import Annotated, Any

from pydantic import TypeAdapter
from pydantic.fields import FieldInfo
from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from milepost.records.entry import Entry, Record
from milepost.records.project import Project
from milepost.records.records import SECTIONS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
OWN_KEYS = {"^x-": True}
_LAST = tuple(name for name in Record.model_fields if name != "id")

Schema = dict[str, Any]


class _Generator(GenerateJsonSchema):
    """Pydantic's own, without the titles it makes out of names, and strict about the keys of free mappings."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def dict_schema(self, schema: Any) -> Schema:
        key = self.generate_inner(schema["keys_schema"])
        rule = {name: key[name] for name in ("pattern", "format") if name in key}
        return {
            "type": "object",
            "propertyNames": rule,
            "additionalProperties": self.generate_inner(schema["values_schema"]),
        }


def plan_schema() -> Schema:
    """The schema of a plan file: `project` and list sections at its top."""
    sections = {
        name: {
            "description": _meaning(model),
            "type": ["array", "null"],
            "items": {"$ref": f"#/$defs/{model.__name__}"},
        }
        for name, model in SECTIONS.items()
    }
    return {
        "$schema": DIALECT,
        "title": "Milepost plan",
        "description": "A file of a plan. Keys that begin with x- are your own.",
        "type": "object",
        "properties": {"project": _named(Project), **sections},
        "patternProperties": OWN_KEYS,
        "additionalProperties": False,
        "$defs": _definitions(),
    }


def record_schema(section: str) -> Schema:
    """The schema of a file that holds one record of `section`; its id defaults to the file's name."""
    definitions = _definitions()
    record = definitions[SECTIONS[section].__name__]
    required = [name for name in record["required"] if name != "id"]
    own = {**record, "title": f"Milepost {section}: one record", "required": required}
    needed = _reachable(own, definitions)
    return {"$schema": DIALECT, **own, "$defs": {name: definitions[name] for name in definitions if name in needed}}


def _named(model: type[Entry]) -> Schema:
    return {"$ref": f"#/$defs/{model.__name__}"}


def _definitions() -> dict[str, Schema]:
    """The schemas of all entries, by the name of their class; the caller's own to change."""
    return deepcopy(_made())


@cache
def _made() -> dict[str, Schema]:
    models = [(model, "validation") for model in (Project, *SECTIONS.values())]
    _, raw = models_json_schema(models, by_alias=True, schema_generator=_Generator)  # type: ignore[arg-type]
    entries = {model.__name__: model for model in _entries(Entry)}
    return {name: _entry(entries[name], schema) for name, schema in raw["$defs"].items()}


def _entries(model: type[Entry]) -> Iterator[type[Entry]]:
    for inner in model.__subclasses__():
        yield inner
        yield from _entries(inner)


def _meaning(model: type[Entry]) -> str:
    return (model.__doc__ or "").partition("\n\n")[0]


def field_docs(model: type[Entry]) -> dict[str, str]:
    """The docstring below each field, of the class and those above it.

    Pydantic can read them too, but does it whenever a class is made, which would cost every start of the program.
    """
    found: dict[str, str] = {}
    for one in reversed(model.__mro__):
        if issubclass(one, Entry):
            found |= _module_docs(one.__module__).get(one.__name__, {})
    return {name: text for name, text in found.items() if name in model.model_fields}


@cache
def _module_docs(module: str) -> dict[str, dict[str, str]]:
    """Class → field → docstring, of one module's source."""
    source = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: dict(_field_docs(node.body)) for node in source.body if isinstance(node, ast.ClassDef)}


def _field_docs(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for field, doc in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(doc, ast.Expr):
            yield field.target.id, inspect.cleandoc(ast.literal_eval(doc.value))


def _entry(model: type[Entry], raw: Mapping[str, Any]) -> Schema:
    """The schema of a mapping, and of the text that may stand for it."""
    required = [name for name in raw.get("required", ()) if name not in model.may_omit]
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    names = sorted(fields, key=_order)
    docs = {model.model_fields[name].alias or name: text for name, text in field_docs(model).items()}
    mapping = {
        "type": "object",
        "properties": {
            name: _property(fields[name], raw["properties"][name], name in required, docs.get(name)) for name in names
        },
        **({"required": sorted(required, key=names.index)} if required else {}),
        "patternProperties": OWN_KEYS,
        "additionalProperties": False,
    }
    title = {"title": model.model_config["title"]} if "title" in model.model_config else {}
    about = {**title, "description": _meaning(model)}
    if model.text_form is None:
        return {**about, **mapping}
    return {**about, "anyOf": [TypeAdapter(model.text_form).json_schema(), mapping]}


def _order(name: str) -> int:
    """What names a record comes first, what every record may carry comes last."""
    return -1 if name == "id" else 1 + _LAST.index(name) if name in _LAST else 0


def _property(field: FieldInfo, raw: Mapping[str, Any], required: bool, doc: str | None) -> Schema:
    choices = [choice for choice in raw.get("anyOf", ()) if choice != {"type": "null"}]
    schema = {**choices[0], **{k: v for k, v in raw.items() if k != "anyOf"}} if len(choices) == 1 else dict(raw)
    schema.pop("default", None)
    if doc:
        schema["description"] = doc
    default = field.default if field.default_factory is None else None
    if not required and default not in (None, ()) and not isinstance(default, Entry) and not field.is_required():
        schema["default"] = _as_written(field, default)
    return schema if required else _or_nothing(schema)


def _as_written(field: FieldInfo, value: Any) -> Any:
    """A default as its author would write it."""
    kind: Any = Annotated[field.annotation, *field.metadata, "as written"]
    return TypeAdapter(kind).dump_python(value, mode="json")


def _or_nothing(schema: Schema) -> Schema:
    """The same, or no value: a key without a value counts as not written."""
    about: Schema = {key: schema[key] for key in ("title", "description", "default") if key in schema}
    rest = {key: value for key, value in schema.items() if key not in about}
    if "enum" in rest:
        rest["enum"] = [*rest["enum"], None]
    if "type" in rest:
        kinds = rest["type"] if isinstance(rest["type"], list) else [rest["type"]]
        return {**about, **rest, "type": [*kinds, "null"]}
    either = next((rest[key] for key in ("anyOf", "oneOf") if key in rest), [rest])
    return {**about, "anyOf": [*either, {"type": "null"}]}


def _reachable(schema: Any, definitions: Mapping[str, Schema]) -> set[str]:
    """The names of the definitions that `schema` refers to, and those refer to."""
    found: set[str] = set()
    waiting = [schema]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            name = str(node.get("$ref", "")).removeprefix("#/$defs/")
            if name and name not in found:
                found.add(name)
                waiting.append(definitions[name])
            waiting += node.values()
    return found
