"""Two installations may share a queue server, and a bucket is named with its keys or not at all."""

from pathlib import Path

import pytest

from agency.kit.queue.bell import full_name, parted
from config import WrongSetting, load


@pytest.mark.parametrize(("url", "server", "name"), [
    ("redis://host:6379/0", "redis://host:6379/0", "pdf"),
    ("rediss://host/0?prefix=north", "rediss://host/0", "north:pdf"),
    ("unix:///run/valkey.sock?db=2&prefix=north", "unix:///run/valkey.sock?db=2", "north:pdf"),
])  # fmt: skip
def test_a_prefix_keeps_the_queues_of_two_installations_apart(url: str, server: str, name: str) -> None:
    assert parted(url)[0] == server
    assert full_name(url, "pdf") == name


def test_a_bucket_needs_its_keys_and_a_prefix_plain_letters(tmp_path: Path) -> None:
    bucket = {"AGENCY_DATA": str(tmp_path), "AGENCY_STORAGE_URL": "s3://papers/x?region=eu-central-1"}
    with pytest.raises(WrongSetting, match="AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"):
        load(bucket)
    keys = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"}
    assert load(bucket | keys).storage_url == bucket["AGENCY_STORAGE_URL"]
    with pytest.raises(WrongSetting, match="prefix"):
        load({"AGENCY_DATA": str(tmp_path), "AGENCY_REDIS_URL": "redis://host/0?prefix=a%20b"})
