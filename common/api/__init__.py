"""What every API door shares: who is asking, how a refusal is said, how lists are cut into pages."""
