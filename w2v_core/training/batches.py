"""How many centers a step takes: as long a batch as the text bears, and no longer than a live step has time for.

A step adds up the gradients of all its pairs, taken at the same place. Where a word comes up many times in a
batch, the sum is a leap; where hardly any word comes twice, the batch is as good as single pairs, and much
faster. So a batch is a sixth as long as the text has words *in effect*: exp(H), the perplexity of its words as they
are drawn (after subsampling). The few words at the head of the distribution hardly count in it, as they should: what
they would do in a long batch, the bound on a row's move prevents.

Measured on 345,000 words of English, 6,823 different ones, by WordSim-353, mean of three seeds:

    subsampling 0.001, exp(H) 2,145, 40 epochs    0.47 at 128 centers, 0.46 at 256, 0.43 at 512, 0.37 at 1,024
    none, exp(H) 819, 15 epochs                   0.32 at 32 centers, 0.32 at 64, 0.32 at 128, 0.31 at 256

On 4.2 million words with 30,551 different ones, 1,024 centers are as good as 256 after three epochs. Full softmax in 12
epochs of the first text: 0.29 at 1,024 and at 512, 0.31 at 256 and at 96.
"""

from __future__ import annotations

import math

import numpy as np
from scipy.special import entr

from ..corpus.vocabulary import Vocabulary
from .config import TrainingConfig
from .objectives import draws_blocks, scored_columns

LEAST, MOST = 16, 1024
STEP_FLOPS = 1.2e9  # of the three products; about 10 ms on one core, and the rest of a step less than that
# Of a stack of blocks, whose scores, counts and gradients are gone through several times: while they fit in the
# cache, hierarchical softmax and noise per pair are a tenth faster.
STEP_SCORES = 1 << 17


def tokens_a_step(vocabulary: Vocabulary, config: TrainingConfig) -> int:
    """Return how many centers one step takes.

    What `config.batch_tokens` says, or else what suits the text; in either case fewer where a step would take too
    long: then the batch is split into several steps, of a power of two centers or one and a half of it.
    """
    wanted = config.batch_tokens or _suited(vocabulary, config.subsample)
    columns = scored_columns(len(vocabulary), config)
    most = STEP_FLOPS / (6 * config.dim * columns)
    if draws_blocks(config):
        most = min(most, STEP_SCORES / columns)
    return wanted if wanted <= most else _round_down(most)


def _round_down(most: float) -> int:
    power = 2 ** max(0, math.floor(math.log2(most)))
    return power * 3 // 2 if power * 3 // 2 <= most else power


def _suited(vocabulary: Vocabulary, subsample: float) -> int:
    p = vocabulary.counts * vocabulary.keep_probability(subsample)
    in_effect = math.exp(entr(p / p.sum()).sum())
    return int(2 ** round(math.log2(np.clip(in_effect / 6, LEAST, MOST))))
