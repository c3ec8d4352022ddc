"""Results as one page that people can hand on: words, pictures and data in one HTML file."""
