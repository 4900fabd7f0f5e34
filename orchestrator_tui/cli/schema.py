"""`schema`: the mission format as a JSON Schema."""


def schema() -> None:
    """Print the JSON Schema of a mission."""
    from orchestrator_tui.cli.echo import answer_document

    answer_document(schema_document())


def schema_document() -> str:
    """Return the JSON Schema of a mission as the text that is also kept beside the missions."""
    import json

    from orchestrator_tui.io.reading.format_schema import mission_schema

    return json.dumps(mission_schema(), indent=2, ensure_ascii=False) + "\n"
