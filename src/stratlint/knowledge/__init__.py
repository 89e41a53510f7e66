"""What stratlint knows, read from YAML that analysts edit."""
