"""The line prompts: everything the screens do, a question and an answer a line."""
