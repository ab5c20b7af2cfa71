"""Models give their memory back, so that thousands can be lived in one process."""

import gc
import weakref

from tests.country import past, take_over


def test_a_model_that_nobody_needs_is_gone() -> None:
    model = take_over(past().state)
    left = weakref.ref(model)
    model.step()
    del model
    gc.collect()
    assert left() is None
