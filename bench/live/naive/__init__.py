"""What a textbook would write, for comparison: one commit and one group message for each vote. Never in the product."""
