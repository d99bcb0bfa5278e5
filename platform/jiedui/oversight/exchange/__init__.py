"""The room's papers: the yearly pack, the share register, the impact assessment, breach letters."""
