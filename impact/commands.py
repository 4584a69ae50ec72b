"""What the `impact` command does, once its arguments are read; what packages on the right do is handed in by app.py."""
