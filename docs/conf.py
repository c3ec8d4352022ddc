"""How the site is made: python -m sphinx -W --keep-going -n docs build/site."""

from __future__ import annotations

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

# What stays text: other projects, types in signatures by the module they are made in.
nitpick_ignore_regex = [
    ("py:.*", r"(?!motifcount\.).*"),
    ("py:class", r"motifcount\.\w+\.[\w.]+"),
]
