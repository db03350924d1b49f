"""The client brief and the department briefs, in frozen versions."""
