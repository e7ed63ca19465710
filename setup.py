"""The packages of the distribution `word2vec-lab`; all else stands in pyproject.toml.

In the checkout the app is the folder `app` and its texts are in `sample_corpora`. Installed, both are in one package
with a name of their own.
"""

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py

NAME = "word2vec_lab"
TEXTS = f"{NAME}.sample_corpora"


class BuildModules(build_py):
    """Leaves out the scripts that make the texts, and the folders that only they read."""

    def find_package_modules(self, package, package_dir):
        """Return the modules of a package: of the texts, none."""
        return [] if package == TEXTS else super().find_package_modules(package, package_dir)


setup(
    packages=[NAME, *(f"{NAME}.{each}" for each in find_packages("app")), TEXTS],
    package_dir={NAME: "app", TEXTS: "sample_corpora"},
    cmdclass={"build_py": BuildModules},
)
