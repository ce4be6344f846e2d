"""What the frameworks do, as annotated Python signatures (`*.pyi`), the words they use, and their loader."""
