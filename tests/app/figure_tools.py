"""What tests read of the figures on a page."""

import json


def figures_of(at):
    """Return the figures on the page, parsed, by name."""
    drawn = [json.loads(each.proto.json) for each in at.get("bidi_component") if each.proto.json]
    return {each["name"]: json.loads(each["figure"]) for each in drawn if "figure" in each}


def traces(figure):
    """Return the traces of a figure, or of one parsed from JSON, by uid."""
    data = figure["data"] if isinstance(figure, dict) else figure.data
    return {trace["uid"]: trace for trace in data}


def sent(at):
    """Return the message that moves the page's figures, without its arrays."""
    [drawn] = [each.proto for each in at.get("bidi_component") if each.proto.component_name.endswith("_move")]
    length = int.from_bytes(drawn.bytes[:4], "little")
    return json.loads(drawn.bytes[4 : 4 + length])
