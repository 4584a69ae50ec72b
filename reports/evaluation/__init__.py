"""What a community wants to know of itself: questions, indicators, targets; and what nobody asks."""
