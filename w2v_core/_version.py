"""The version, alone so that it can be read without importing NumPy."""

__version__ = "0.1.0"
