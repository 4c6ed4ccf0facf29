"""From what students hand in to what is said about it. No module here imports student code."""
