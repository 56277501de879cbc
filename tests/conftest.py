"""What several test files share."""

import os
from collections.abc import Iterator
from importlib.resources import as_file, files

import pytest
from hypothesis import HealthCheck, settings
from spacy.language import Language

from rashomon.mark.language import load_pipeline
from rashomon.model.dossier import Dossier

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


@pytest.fixture(scope="session")
def demo_path() -> Iterator[str]:
    """The bundled story as a file."""
    with as_file(files("rashomon.show.demo") / "story.jsonl") as path:
        yield str(path)


@pytest.fixture(scope="session")
def demo_dossier(demo_path: str) -> Dossier:
    """The bundled story told, once for all tests."""
    from rashomon.run.pipeline import tell_articles
    from rashomon.run.reading import read_articles

    return tell_articles(read_articles([demo_path]))
