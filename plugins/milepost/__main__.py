"""`python -m milepost` is the command `milepost`."""

from milepost.hosts.cli import main

main()
