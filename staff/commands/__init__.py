"""What each command of the staff says, and the status that it ends with."""
