"""`python -m lossl` is the same as `lossl`."""

from lossl.cli import main

if __name__ == "__main__":
    main()
