"""Work in the departments' queues: taken, handed in, checked, accepted."""
