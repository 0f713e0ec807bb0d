"""Adding files to an archive, one by one or a folder kept equal to it."""
