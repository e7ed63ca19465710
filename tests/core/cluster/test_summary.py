from w2v_core.cluster.summary import Spread, combinations


def row(dim, loss, note=""):
    return {"dim": dim, "loss": loss, "note": note}


def test_mean_and_spread_of_each_combination():
    rows = [row("5", "1"), row("10", "4"), row("5", "3"), row("5", "", "It diverged."), row("10", "nan")]
    five, ten = combinations(rows, ["dim"], ["loss", "pairs"])
    assert (five.values, five.spreads, five.failed) == (("5",), {"loss": Spread(2, 2**0.5, 2)}, 1)
    assert (ten.values, ten.spreads, ten.failed) == (("10",), {"loss": Spread(4, 0, 1)}, 0)


def test_of_no_values_there_is_no_mean():
    assert Spread.of([]) is None
    assert combinations([], ["dim"], ["loss"]) == []
