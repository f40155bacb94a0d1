"""What every command stands on: the terminal, options, defaults, help, completion."""
