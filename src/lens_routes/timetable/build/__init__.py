"""From a feed as read to flat buffers: lines, patterns, runs, rules for changing."""
