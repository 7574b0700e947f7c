"""A view-model → the HTML that stands on a page."""

from milepost.render.context import Context, current
from milepost.render.environment import environment


def render(name: str, view: object, context: Context) -> str:
    """The HTML of a view by the template of its name."""
    template = environment(context.language, context.overrides).get_template(f"{name}.html")
    shown = current.set(context)
    try:
        return template.render(view=view, propose=context.propose)
    finally:
        current.reset(shown)
