"""What goes back to those who answered: one page, in their language."""
