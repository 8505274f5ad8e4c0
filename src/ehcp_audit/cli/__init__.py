"""The command line: every command, without a screen and without loading one."""
