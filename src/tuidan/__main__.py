"""`python -m tuidan …`: the same as the `tuidan` command."""

from tuidan.site.cli import main

if __name__ == "__main__":
    main()
