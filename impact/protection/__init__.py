"""What the law asks of the follow-up: how long, who opened, copies, restrictions, declared fields."""
