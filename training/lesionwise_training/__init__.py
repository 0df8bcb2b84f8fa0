"""Trains the networks that Lesionwise ships, and exports them as model packages."""

__version__ = "1.0.0"

TASKS = ("melanoma", "seborrheic_keratosis")
"""What is scored, in the order of every label row, score row and output of a graph."""
