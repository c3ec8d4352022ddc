"""How the site is made: python -m sphinx -W --keep-going -n docs build/site."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from latex2mathml.converter import convert

import motifcount

project = "motifcount"
author = "The motifcount developers"
version = release = motifcount.__version__
html_title = f"motifcount {version}"

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["figures"]
html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["figures.css"]
html_show_copyright = False
html_copy_source = False
highlight_language = "none"

myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 3
nb_execution_mode = "force"
nb_execution_raise_on_error = True

autodoc_type_aliases = {"npt.ArrayLike": "ArrayLike", "LayersLike": "LayersLike"}
autodoc_default_options = {"members": True, "member-order": "bysource"}
napoleon_google_docstring = False
napoleon_use_ivar = True
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 100
html_math_renderer = "mathml"

# What stays text: other projects, types in signatures by the module they are made in.
nitpick_ignore_regex = [
    ("py:.*", r"(?!motifcount\.).*"),
    ("py:class", r"motifcount\.\w+\.[\w.]+"),
]


def _formula(writer: Any, node: nodes.Element) -> None:
    """Write a formula as MathML, which browsers draw without a script from elsewhere."""
    is_block = isinstance(node, nodes.math_block)
    formula = convert(node.astext(), display="block" if is_block else "inline")
    writer.body.append(f'<div class="formula">{formula}</div>' if is_block else formula)
    raise nodes.SkipNode


def setup(app: Any) -> None:
    app.add_html_math_renderer("mathml", inline_renderers=(_formula, None), block_renderers=(_formula, None))
