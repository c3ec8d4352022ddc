"""What words in a file say: names of columns, relations, labels, numbers."""
