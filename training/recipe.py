"""The settings of the model in resources/embedder; LOG.md says how they were chosen."""

from train import Settings

SETTINGS = Settings(steps=12_000)
