"""The one error that a user can cause."""


class InputError(ValueError):
    """A choice that cannot be simulated, said in one line that names the way out."""
