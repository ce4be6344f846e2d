"""The abstract domain: what numbers stand for, and sets of what a name may hold. Knows no syntax."""
