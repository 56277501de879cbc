"""What several test files share."""

import os

import pytest
from hypothesis import HealthCheck, settings
from spacy.language import Language

from rashomon.mark.language import load_pipeline

# The same examples on every run: a check that fails one day and passes the next teaches nobody anything.
settings.register_profile(
    "check", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=40
)
settings.register_profile("deep", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "check"))


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The default pipeline, loaded once."""
    return load_pipeline()
