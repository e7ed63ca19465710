"""From pairs to vectors: losses, objectives, optimizers, the trainer. Needs NumPy and SciPy alone."""
