"""What runs beside a student's code: it holds no right answer, and nothing that it says is believed."""
