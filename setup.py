"""The packages of the distribution `word2vec-lab`; all else stands in pyproject.toml.

In the checkout the app is the folder `app` and its texts are in `sample_corpora`. Installed, both are in one package
with a name of their own. README.md is its description, whose paths have to lead somewhere on PyPI, too.
"""

import re
import tomllib
from pathlib import Path

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py

NAME = "word2vec_lab"
TEXTS = f"{NAME}.sample_corpora"


class BuildModules(build_py):
    """Leaves out the scripts that make the texts, and the folders that only they read."""

    def find_package_modules(self, package, package_dir):
        """Return the modules of a package: of the texts, none."""
        return [] if package == TEXTS else super().find_package_modules(package, package_dir)


def description(readme, repository):
    """Return README with paths that lead to the repository; without an address for it, with none and no picture."""
    link = re.compile(r"(!?)\[([^]]*)\]\((?![a-z]+:|#)([^)]*)\)")

    def elsewhere(found):
        picture, text, path = found.groups()
        if repository:
            return f"{picture}[{text}]({repository}/{'raw' if picture else 'blob'}/HEAD/{path})"
        return "" if picture else text

    return link.sub(elsewhere, readme)


HERE = Path(__file__).parent
PROJECT = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]

setup(
    long_description=description(
        (HERE / "README.md").read_text(encoding="utf-8"), PROJECT.get("urls", {}).get("Repository")
    ),
    long_description_content_type="text/markdown",
    packages=[NAME, *(f"{NAME}.{each}" for each in find_packages("app")), TEXTS],
    package_dir={NAME: "app", TEXTS: "sample_corpora"},
    cmdclass={"build_py": BuildModules},
)
