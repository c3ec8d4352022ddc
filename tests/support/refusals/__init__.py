"""Tables that are refused: by case, the text of a file and what the refusal says."""
