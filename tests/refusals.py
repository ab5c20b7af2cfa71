"""What every command says of input that it cannot use."""

import pytest

from experiments import cli


def refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Return the one line on stderr of a command that is refused."""
    assert cli.main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("workforce: ")
    assert err.count("\n") == 1
    return err
