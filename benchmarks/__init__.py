"""The kit beside what people would otherwise use: ratios measured in one run. Nothing here asserts a time."""
