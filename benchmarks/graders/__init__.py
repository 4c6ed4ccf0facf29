"""The same submissions, function and claims through several graders, each in an environment of its own."""
