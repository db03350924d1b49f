"""What hangs on any record: documents, files, comments, hours, approvals, promises, notices."""
