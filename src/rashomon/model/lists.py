"""Word lists: data files beside the code that reads them, one entry a line, comments behind ``#``."""

from importlib.resources import files


def data_lines(package: str, name: str) -> list[str]:
    """The lines of ``data/name`` in ``package``, in order, without comments and empty lines.

    Raises:
        FileNotFoundError: the package has no such file: it was not installed whole.
    """
    text = (files(package) / "data" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
