import os
from pathlib import Path

import pytest

from ehcp_audit.domain.errors import AuditToolError, UsageError
from ehcp_audit.files import whole_file, write_whole


def test_a_file_that_is_there_is_kept_unless_replacing_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_whole(path, "old")
    with pytest.raises(UsageError, match="is there already"):
        write_whole(path, "new")
    assert path.read_text() == "old"
    write_whole(path, "new", overwrite=True)
    assert path.read_text() == "new"


def test_a_writer_that_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with pytest.raises(ZeroDivisionError), whole_file(path) as stream:
        stream.writelines(str(6 // count) for count in (2, 1, 0))
    assert list(tmp_path.iterdir()) == []


def test_a_file_made_in_the_meantime_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with pytest.raises(UsageError, match="is there already"), whole_file(path):
        path.write_text("theirs")
    assert path.read_text() == "theirs"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name != "posix", reason="links are POSIX")
def test_a_link_is_not_followed(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    link.symlink_to(target)
    with pytest.raises(UsageError, match="is there already"):
        write_whole(link, "new")
    target.write_text("precious")
    write_whole(link, "new", overwrite=True)
    assert target.read_text() == "precious"


def test_a_folder_that_is_missing_or_in_the_way_is_named(tmp_path: Path) -> None:
    with pytest.raises(AuditToolError, match="gone does not exist"):
        write_whole(tmp_path / "gone" / "out.csv", "x")
    with pytest.raises(AuditToolError, match="is a folder"):
        write_whole(tmp_path, "x", overwrite=True)
