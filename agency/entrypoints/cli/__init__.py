"""The agency command: run, serve, worker, schedule, demo, check, user, routes, moves."""
