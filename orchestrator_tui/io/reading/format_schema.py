"""The mission format as a JSON Schema, made from the models, for editors and other programs."""

import ast
import inspect
from datetime import timedelta
from itertools import pairwise
from textwrap import dedent
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema
from typing_extensions import override

from orchestrator_tui.domain.entry import Entry
from orchestrator_tui.domain.mission import Mission

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def mission_schema() -> dict[str, Any]:
    """Return the JSON Schema of a mission, and so of each of its parts but for what is required."""
    schema = Mission.model_json_schema(schema_generator=_OurWords)
    definitions: dict[str, Any] = schema.pop("$defs")
    models = {each.__name__: each for each in Entry.__subclasses__()}
    _describe(schema, Mission)
    for name, definition in definitions.items():
        if (model := models.get(name)) is not None:
            _describe(definition, model)
    _forbid_odd_ids(schema)
    _forbid_odd_ids(definitions)
    return {"$schema": DIALECT, **schema, "$defs": definitions}


class _OurWords(GenerateJsonSchema):
    """Writes defaults as a mission has them."""

    @override
    def encode_default(self, dft: Any) -> Any:
        """Return a default as it would stand in a file."""
        if isinstance(dft, timedelta):
            return _duration(dft)
        if isinstance(dft, BaseModel):
            return {}
        return super().encode_default(dft)


def _duration(span: timedelta) -> str:
    minutes, seconds = divmod(int(span.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "h"), (minutes, "m"), (seconds, "s"))
    return "".join(f"{count}{unit}" for count, unit in parts if count) or "0h"


def _describe(schema: dict[str, Any], model: type[BaseModel]) -> None:
    """Add to each property what stands under its field, and drop what says nothing."""
    said = _field_docstrings(model)
    for name, field in model.model_fields.items():
        described: dict[str, Any] = schema["properties"][field.alias or name]
        described.pop("title", None)
        if "default" in described and described["default"] is None:
            del described["default"]
        if (docstring := said.get(name)) is not None:
            described["description"] = docstring


def _field_docstrings(model: type[BaseModel]) -> dict[str, str]:
    """Return the docstrings that stand under the fields in the model's source."""
    (body,) = ast.parse(dedent(inspect.getsource(model))).body
    found: dict[str, str] = {}
    statements = body.body if isinstance(body, ast.ClassDef) else []
    for field, after in pairwise(statements):
        match field, after:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(said))),
            ):
                found[name] = inspect.cleandoc(said)
            case _:
                pass
    return found


def _forbid_odd_ids(schema: Any) -> None:
    """Make mappings by id refuse every other key."""
    waiting = [schema]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            if "patternProperties" in each:
                each.setdefault("additionalProperties", False)
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)
