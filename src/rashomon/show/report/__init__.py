"""The page that a reader opens: a dossier as HTML, as Markdown, and as a few lines for a terminal."""

from rashomon.show.report.html import render_html
from rashomon.show.report.markdown import render_markdown
from rashomon.show.report.terminal import render_terminal_summary

__all__ = ["render_html", "render_markdown", "render_terminal_summary"]
