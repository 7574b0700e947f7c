"""Which plan a command means that names none."""

from pathlib import Path

import click

from milepost.source.settings import DEFAULT, plan_folder

CONFIG_NAMES = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml")


def config_here() -> Path | None:
    """The configuration of the site that the current folder lies in."""
    here = Path.cwd()
    configs = (folder / name for folder in (here, *here.parents) for name in CONFIG_NAMES)
    return next((file for file in configs if file.is_file()), None)


def default_folder() -> Path:
    """The plan folder of the site that the current folder lies in."""
    here, config = Path.cwd(), config_here()
    if config:
        return plan_folder(config)
    if (here / DEFAULT).is_dir():
        return here / DEFAULT
    raise click.UsageError(
        "There is no mkdocs.yml here or above that names a plan folder. "
        f"Name the folder, as in “milepost {click.get_current_context().info_name} {DEFAULT.as_posix()}”."
    )
