"""Widgets by the name of the choice that they show."""

KINDS = (
    "number_input",
    "selectbox",
    "select_slider",
    "checkbox",
    "text_input",
    "segmented_control",
    "slider",
)


def widget(at, name):
    """Return the widget that shows a choice: its key is the choice's name, and a number."""
    shown = [each for kind in KINDS for each in getattr(at, kind) if (each.key or "").split(":")[0] == name]
    assert len(shown) == 1, name
    return shown[0]
