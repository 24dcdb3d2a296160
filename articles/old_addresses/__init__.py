"""旧地址: where addresses of an earlier site lead, and which are asked for in vain."""
