"""Forms of `groups`: what is typed is checked here, what is allowed the actions decide."""
