"""``python -m stratlint``."""

from stratlint.cli import run

if __name__ == "__main__":
    run()
