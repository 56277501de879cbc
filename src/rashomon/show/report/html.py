"""The report as one HTML file that asks nothing of any server."""

import base64
import functools
import hashlib
from importlib.resources import files
from typing import Any

import jinja2
from markupsafe import Markup

from rashomon.model.dossier import Dossier
from rashomon.model.version import VERSION
from rashomon.show.report import svg
from rashomon.show.report.build import page
from rashomon.show.report.marked import Segment
from rashomon.show.report.words import clean, counted, in_words, listed, one_of, short_outlet, shorten

_HERE = files("rashomon.show.report")
# How many entries of a list are shown before the rest is folded away.
SHOWN = {
    "claims": 8,
    "only": 3,
    "conflicts": 12,
    "stories": 40,
    "quotes": 4,
    "speakers": 10,
    "timeline": 24,
    "wording": 12,
    "links": 8,
    "entities": 14,
}
# Above this many outlets a strip of cells says less than the numbers beside it.
WIDEST_STRIP = 24
# Columns that a table of names can have before it is told as a list.
WIDEST_TABLE = 12


def render_html(dossier: Dossier) -> str:
    """The whole report: one file with its style, its script and every article read.

    Nothing in it is fetched: a content security policy forbids it. All text of articles is escaped; control
    characters are shown as replacement characters.
    """
    style, script = _asset("style.css"), _asset("report.js")
    template = _environment().get_template("page.html.j2")
    return template.render(
        page=page(dossier),
        style=Markup(style),
        script=Markup(script),
        style_hash=_hash(style),
        script_hash=_hash(script),
        version=VERSION,
        shown=SHOWN,
    )


def _asset(name: str) -> str:
    return _HERE.joinpath(name).read_text("utf-8").replace("\r\n", "\n")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _printable(value: Any) -> Any:
    if isinstance(value, str) and not isinstance(value, Markup):
        return clean(value)
    return value


def _mark_class(segment: Segment, labels: dict[str, str]) -> str:
    """How a marked segment looks: by the weightiest line it supports; names alone are only underlined."""
    letters = {labels[line][0] for line in segment.lines}
    deep = sum(labels[line][0] not in "NMW" for line in segment.lines) > 1
    for letter in "CDARQUSTXLM":
        if letter in letters:
            return f"k{letter}" + (" deep" if deep else "")
    return "kN"


@functools.cache
def _environment() -> jinja2.Environment:
    env = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: _HERE.joinpath("templates", name).read_text("utf-8")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(
        counted=counted,
        in_words=in_words,
        listed=listed,
        one_of=one_of,
        short_outlet=short_outlet,
        shorten=shorten,
        draw_lineage=svg.lineage,
        draw_timeline=svg.timeline,
        mark_class=_mark_class,
        widest_strip=WIDEST_STRIP,
        widest_table=WIDEST_TABLE,
    )
    return env
