"""An example workspace: made-up plans and audits with patterns planted in them, so marked."""

from ehcp_audit.example.making import Example, make_example

__all__ = ["Example", "make_example"]
