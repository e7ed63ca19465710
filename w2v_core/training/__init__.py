"""From pairs to vectors: losses, objectives, optimizers, the trainer; what a loss should be, and a pair taken
apart. Needs numpy and scipy alone.
"""
