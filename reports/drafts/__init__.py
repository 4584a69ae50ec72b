"""The life of a report before it is frozen: composed, remarked, reviewed, issued; then sent, and issued again."""
