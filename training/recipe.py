"""The settings of the model in resources/embedder; LOG.md says how they were chosen."""

from train import Settings

SETTINGS = Settings(
    steps=4_000,
    same_package=0.2,
    opening=0.1,
    weights={
        "prose-heading": 2.2,
        "prose-sentence": 2.0,
        "prose-next": 1.3,
        "prose-option": 1.5,
        "translation": 0.8,
        "python": 1.6,
    },
)
