"""What each language knows: its catalogue, its numbers, its dates, its typography; speak through `agency.kit.words`."""
