"""The jobs of the workflow: files in, the package's functions, files out."""
