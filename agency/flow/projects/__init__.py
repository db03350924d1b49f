"""A qualified request becomes a project: number, team, stages, and the client's requirements."""
