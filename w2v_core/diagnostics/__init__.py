"""What is known of a run beside its own loss: where it starts and ends at best (`start_value`, `floor`), where it is
on pairs that stay the same (`Probe`, `measure`), how far it has come (`Yardstick`), what it learns (`pmi`), what it
costs, and one pair taken apart.
"""

from .probe import Probe, ProbeRecord, measure, probe_loss
from .records import PairRecord, RepeatRecord
from .reference import Floor, floor, start_value
from .single_pairs import SinglePairs
from .yardstick import Yardstick

__all__ = [
    "Floor",
    "PairRecord",
    "Probe",
    "ProbeRecord",
    "RepeatRecord",
    "SinglePairs",
    "Yardstick",
    "floor",
    "measure",
    "probe_loss",
    "start_value",
]
