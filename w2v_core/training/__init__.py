"""From pairs to vectors: losses, objectives, optimizers, the trainer. Needs numpy and scipy alone."""
