"""How a text is divided into fields, and which of its lines are comments."""
