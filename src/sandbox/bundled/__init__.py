"""Our own plugin: what `sandbox` brings along, through the same hooks as a stranger's."""
