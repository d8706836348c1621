"""`python -m dp100cards` is `dp100`."""

from dp100cards.cli.main import main

if __name__ == "__main__":
    main()
