"""The tables of facts that ship with Caseboard, and the script that made them (see README.md)."""
