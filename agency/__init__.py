"""The work server of an advertising agency: rooms on floors, put together by `agency.app`."""
