"""Money that comes in by the schedules of approved estimates: receipts, what is late, when it will be paid."""
