"""Where a workspace is, what its team has set, and what the person at the keyboard has set."""
