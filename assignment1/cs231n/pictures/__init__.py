"""The notebook's pictures by subject; `cs231n.vis_utils` has all of them in one place."""
