"""Which words of the map get a label first."""

import numpy as np

from app.views.charts import TOO_COMMON, label_order


def test_categories_take_turns_and_the_rest_waits():
    category = np.array([-1, 0, 0, 1, 0, 1])
    assert label_order(category, np.full(6, TOO_COMMON / 2)) == [1, 3, 2, 5, 4]


def test_without_categories_words_like_the_come_last():
    share = TOO_COMMON * np.array([50, 9, 0.9, 0.5, 0.1])
    assert label_order(np.full(5, -1), share) == [2, 3, 4, 0, 1]
