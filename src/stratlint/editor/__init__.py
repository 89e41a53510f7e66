"""stratlint in an editor: a language server whose remarks stand beside the words."""
