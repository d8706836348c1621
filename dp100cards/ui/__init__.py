"""What is seen: Rich views, keys, charts."""
