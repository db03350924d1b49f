"""The itemised estimate the client agrees to: lines, totals, versions, approval."""
