"""The demo's content and how it is put in place. Texts stand in `content/*.toml`."""
