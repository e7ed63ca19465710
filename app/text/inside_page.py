"""The words of the page "Inside a step", in both languages.

Half-steps whose words depend on the loss have a second entry, ``half_step.objective``, that goes before the
first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class InsideText:
    """All strings of the page in one language."""

    title: str  # in the navigation
    heading: str

    # The pair
    sentence_label: str
    pick_center: str
    pick_context: str
    center_word: str
    center_word_help: str
    surprise: str
    surprise_help: str
    redraw: str
    redraw_help: str

    # The half-steps
    back: str
    next: str
    strip_label: str
    forward: str
    backward: str
    half_steps: Mapping[str, str]
    explanations: Mapping[
        str, str
    ]  # {center} {context} {words} {total} {negatives} {rate} {now} {before} {after}
    all_zero: str
    limited: str  # {bound}
    no_probability: str  # {value}

    # The picture
    views: Mapping[str, str]
    views_label: str
    roles: Mapping[str, str]
    both_roles: str
    times: str  # {count}
    rest: str  # {count}
    wanted: Mapping[int, str]
    turns: Mapping[int, str]
    turn: str  # {number}
    below: str  # {words} {count}
    sum_row: str
    axes: Mapping[str, str]
    was: str
    leaves_sum: str  # {words} {total}
    click_row: str  # {axis}
    row: str

    # The other views
    heat_note: str
    heat_more: str  # {count}
    heat_columns: Mapping[str, str]
    tables: Mapping[str, str]
    arrows_note: str  # {share} {magnified}
    arrows_help: str
    arrows_alt: str
    arrows: Mapping[str, str]
    check_help: str
    check_alt: str
    check_absolute: str
    check_relative: str
    component: str  # {index}

    # Apply
    apply: str
    apply_help: str
    apply_many: str
    apply_many_help: str
    undo: str
    undo_help: str
    rise: Mapping[str, str]
    rise_axis: str
    rise_now: str  # {probability} {times}
    rise_alt: str

    # To take home
    csv: str
    csv_help: str

    # State of the run
    fresh: str
    train_a_little: str
    train_a_little_help: str
    frozen: str  # {step}
    changed: str  # {changes}
    start_new: str
    picture_alt: str


EN = InsideText(
    title="Inside a step",
    heading="Inside a step",
    sentence_label="A sentence of the text",
    pick_center="Center",
    pick_context="Context",
    center_word="Center word",
    center_word_help="Go to a sentence where this word stands with the context it is most strongly tied to.",
    surprise="Surprise me",
    surprise_help="Any center and context of the text.",
    redraw="New noise",
    redraw_help="Draw the noise words again.",
    back="Back",
    next="Next",
    strip_label="Half-steps",
    forward="forward",
    backward="backward",
    half_steps={
        "vectors": "Vectors",
        "scores": "Scores",
        "exponentials": "Exponentials",
        "sigmoids": "Sigmoids",
        "probabilities": "Probabilities",
        "terms": "Loss terms",
        "loss": "Loss",
        "slopes": "Errors dL/ds",
        "gradients": "Gradients",
        "update": "Update",
        "after": "After",
    },
    explanations={
        "vectors": "Two tables: the center takes its row of W, every word to be scored takes its row of U. (The "
        "course notes write v for both.)",
        "vectors.softmax": "Two tables: the center takes its row of W, and every one of the {words} words its row "
        "of U. (The course notes write v for both.)",
        "vectors.softmax_with_negatives": "Two tables: the center takes its row of W, and every one of the {words} words its row "
        "of U. (The course notes write v for both.)",
        "vectors.hierarchical_softmax": "The center takes its row of W. U has a row for each fork of the tree, "
        "not for each word: these forks lie on the way to {context}.",
        "scores": "How well do two vectors go together? Multiply entry by entry and add up.",
        "exponentials": "The exponential makes every score positive, and differences larger.",
        "sigmoids": "The sigmoid turns a score into an answer between 0 and 1: is this a true pair, or noise?",
        "sigmoids.hierarchical_softmax": "The sigmoid turns the score of a fork into the probability of going "
        "left there.",
        "probabilities": "Divided by their sum, the exponentials become probabilities: over all {words} words "
        "they add up to 1.",
        "probabilities.negative_sampling": "Little yes/no questions, with the probability given to the right "
        "answer: yes for the context, no for noise words.",
        "probabilities.hierarchical_softmax": "Multiply fork by fork: the product on the right is the "
        "probability of getting this far.",
        "probabilities.softmax_with_negatives": "For the context, a true probability. The notes' P(n|c) is none: "
        "exp(−s) above, a sum of exp(+s) below. It does not add up to 1 and may exceed 1.",
        "terms": "Minus the logarithm: no loss for certainty, more the more surprised the model is.",
        "terms.softmax_with_negatives": "Minus the logarithm. Where P(n|c) exceeds 1 the term is negative: a "
        "reward without end.",
        "loss": "A softmax has a single term: the loss of this pair.",
        "loss.negative_sampling": "Add up the answers' terms: the loss of this pair.",
        "loss.hierarchical_softmax": "Add up the forks' terms: minus the logarithm of the whole product.",
        "loss.softmax_with_negatives": "Add up. But lower every score by 1, and each noise term falls by 2 while "
        "the context's stays: this loss has no lower bound.",
        "slopes": "Probability minus target, which is 1 for the context and 0 for all others. Negative: the score "
        "should rise. Positive: it should fall.",
        "slopes.negative_sampling": "Answer minus right answer. Negative: the score should rise. Positive: it "
        "should fall. The more probability on the right answer, the smaller.",
        "slopes.hierarchical_softmax": "σ(s) minus 1 where the way goes left, σ(s) where it goes right. "
        "Negative: the score should rise. Positive: it should fall.",
        "slopes.softmax_with_negatives": "Each of the {count} terms pushes all words down by p; the context gets "
        "1 off, each noise word 1 on top.",
        "gradients": "The chain rule: the error of a score, times the other vector. The center collects from all "
        "rows; each row of U gets its share of the center.",
        "update": "A step against the gradient: its length is the gradient's times {rate}, the run's starting rate.",
        "after": "The same pair again: p({context} | {center}) goes from {before} to {after}. Apply takes this "
        "step for good.",
        "after.negative_sampling": "The same pair again: p({context} | {center}) goes from {before} to {after} (∝ Pₙ(o) exp(s), for comparison; this loss trains σ(s)). Apply takes this step for good.",
    },
    all_zero="U is still zero: every score is 0, and the model knows nothing. Train a little first.",
    limited="Limit steps is on: no vector moves farther than {bound} (η* is the shortened rate).",
    no_probability="Here it is {value}: more than certain.",
    views={"steps": "Step by step", "heat": "Heat map", "arrows": "Arrows", "check": "Gradient check"},
    views_label="View",
    roles={
        "center": "center",
        "context": "context",
        "noise": "noise",
        "other": "word",
        "rest": "rest",
        "node": "fork",
        "sum": "sum",
    },
    both_roles="context and noise",
    times="noise ×{count}",
    rest="{count} other words",
    wanted={1: "yes", 0: "no"},
    turns={0: "left", 1: "right"},
    turn="fork {number}",
    below="{words} ({count})",
    sum_row="total",
    axes={
        "vectors": "the vectors' entries; at the right their length",
        "scores": "score s, to the right of the line if positive",
        "exponentials": "exp(s)",
        "sigmoids": "σ(s), from 0 to 1; ▲ the right answer",
        "sigmoids.hierarchical_softmax": "probability of going left, from 0 to 1; ▲ the way to the word",
        "probabilities": "probability of each word",
        "probabilities.negative_sampling": "probability given to the right answer, from 0 to 1",
        "probabilities.hierarchical_softmax": "probability of this turn (bar), and of all so far (number)",
        "probabilities.softmax_with_negatives": "what the notes call the probability",
        "terms": "loss of each term, in nats",
        "loss": "the terms, one after the other, in nats",
        "slopes": "dL/ds: left, the score should rise; right, it should fall",
        "gradients": "entries of each gradient; at the right its length",
        "update": "entries of each move; at the right its length",
        "after": "probability after the step; the outline shows it before",
        "after.negative_sampling": "probability given to the right answer, after; the outline shows it before",
        "after.hierarchical_softmax": "probability of this turn, after; the outline shows it before",
        "check": "bar and upper number: by the formula; mark and lower number: by finite differences",
    },
    was="was {value}",
    leaves_sum="The probabilities of all {words} leaves add up to {total}.",
    click_row="{axis}. Click a row to see its numbers in the formula.",
    row="Row in the formula",
    heat_note="Rows with a bar beside their name are touched by this step; all others stay as they are.",
    heat_more="and {count} more rows of U, all touched",
    heat_columns={"before": "before", "gradient": "gradient", "after": "after"},
    tables={"W": "W: center words", "U": "U: predicted words", "U.nodes": "U: forks of the tree"},
    arrows_note="The plane holds {share} of the variance of these vectors; moves are drawn {magnified} times as long.",
    arrows_help="Every row of U acts along its own vector: it pulls the center towards itself where the score should "
    "rise, and pushes it away where it should fall. All together they are the center's move.",
    arrows_alt="The vectors on a plane, and arrows for how each row of U moves the center",
    arrows={
        "pull": "pull: the score should rise",
        "push": "push: it should fall",
        "rest": "push of the rest",
        "move": "the center's move",
        "own": "moves of U's rows",
        "zero": "0",
    },
    check_help="Is the derivation right? Try it: move one entry a little to either side and see how much the loss "
    "changes. The trial knows only the loss, nothing of the gradient's formula.",
    check_alt="The largest entries of a gradient, by the formula and by finite differences",
    check_absolute="largest difference",
    check_relative="relative",
    component="entry {index}",
    apply="Apply",
    apply_help="Take this step: train on this pair once.",
    apply_many="Apply 100 times",
    csv="CSV",
    csv_help="The numbers of every half-step as a table, with the pair and the settings above it.",
    apply_many_help="The same pair and the same noise words, a hundred times.",
    undo="Undo",
    undo_help="Take the last press of Apply back, bit for bit.",
    rise={
        "probability": "p(context | center)",
        "probability.negative_sampling": "p(o | c) ∝ Pₙ exp(s)",
        "sigmoid": "σ(s): a true pair?",
    },
    rise_axis="times applied",
    rise_now="{probability} after {times}",
    rise_alt="How the probability of the context changes as the pair is applied",
    fresh="Not trained yet: U is zero, so every score is 0.",
    train_a_little="Train a little",
    train_a_little_help="Train on a third of the run (a loss without a floor: until it has fallen by half its start), then come "
    "back to this pair.",
    frozen="The run is training. These numbers are from step {step} and stand still; pause to apply.",
    changed="Changed: {changes}. The numbers below are still those of the old run.",
    start_new="New run",
    picture_alt="The numbers of this half-step as bars",
)

ZH = InsideText(
    title="一步之内",
    heading="一步之内",
    sentence_label="文本中的一句话",
    pick_center="中心词",
    pick_context="上下文词",
    center_word="中心词",
    center_word_help="转到一个句子，其中该词与它关联最强的上下文词一同出现。",
    surprise="随机",
    surprise_help="从文本中随机取一个中心词和一个上下文词。",
    redraw="重抽噪声词",
    redraw_help="重新抽取噪声词。",
    back="上一步",
    next="下一步",
    strip_label="各个半步",
    forward="前向",
    backward="反向",
    half_steps={
        "vectors": "向量",
        "scores": "得分",
        "exponentials": "指数",
        "sigmoids": "sigmoid 值",
        "probabilities": "概率",
        "terms": "损失各项",
        "loss": "总损失",
        "slopes": "误差 dL/ds",
        "gradients": "梯度",
        "update": "更新",
        "after": "更新之后",
    },
    explanations={
        "vectors": "两张表：中心词取 W 中的一行，每个要打分的词取 U 中的一行。（讲义中两者都记作 v。）",
        "vectors.softmax": "两张表：中心词取 W 中的一行，词表中全部 {words} 个词各取 U 中的一行。（讲义中两者都记作 v。）",
        "vectors.softmax_with_negatives": "两张表：中心词取 W 中的一行，词表中全部 {words} 个词各取 U 中的一行。（讲义中两者都记作 v。）",
        "vectors.hierarchical_softmax": "中心词取 W 中的一行。U 的每一行对应树上的一个分岔，而不是一个词：这里是通往“{context}”的路上的各个分岔。",
        "scores": "两个向量有多合拍？逐项相乘再相加，即内积。",
        "exponentials": "取指数使每个得分都变为正数，并拉大差距。",
        "sigmoids": "sigmoid 把得分变成 0 到 1 之间的回答：这是真实的词对，还是噪声？",
        "sigmoids.hierarchical_softmax": "sigmoid 把分岔处的得分变成向左走的概率。",
        "probabilities": "除以总和，指数就成了概率：词表中 {words} 个词的概率之和为 1。",
        "probabilities.negative_sampling": "一个个是非题。这里是模型给正确答案的概率：上下文词应答“是”，噪声词应答“否”。",
        "probabilities.hierarchical_softmax": "沿路逐个相乘：右侧的乘积是走到这里的概率。",
        "probabilities.softmax_with_negatives": "上下文词的是真正的概率。讲义中的 P(n|c) 却不是：分子是 exp(−s)，分母却是 exp(+s) 之和。它的总和不为 1，还可能大于 1。",
        "terms": "取负对数：完全确定则没有损失，模型越意外损失越大。",
        "terms.softmax_with_negatives": "取负对数。P(n|c) 大于 1 时该项为负：奖励没有尽头。",
        "loss": "完整 softmax 只有一项，它就是这个词对的损失。",
        "loss.negative_sampling": "把各个回答的损失相加，就是这个词对的损失。",
        "loss.hierarchical_softmax": "把各个分岔的损失相加，就是整个乘积的负对数。",
        "loss.softmax_with_negatives": "相加。但若每个得分都降低 1，每个噪声项就减少 2，而上下文项不变：这个损失没有下界。",
        "slopes": "概率减去目标：上下文词的目标是 1，其他词是 0。负数表示得分应上升，正数表示应下降。",
        "slopes.negative_sampling": "回答减去正确答案。负数表示得分应上升，正数表示应下降。给正确答案的概率越高，误差越小。",
        "slopes.hierarchical_softmax": "该向左处是 σ(s) 减 1，该向右处是 σ(s)。负数表示得分应上升，正数表示应下降。",
        "slopes.softmax_with_negatives": "{count} 项中的每一项都按 p 压低所有词；上下文词减 1，噪声词每次加 1。",
        "gradients": "链式法则：得分的误差乘以另一个向量。中心词从各行汇总梯度，U 的每一行得到中心词向量的一份。",
        "update": "沿梯度的反方向走一步，步长是梯度的 {rate} 倍，即训练开始时的学习率。",
        "after": "再看同一个词对：p({context} | {center}) 从 {before} 变为 {after}。按“应用一次”才会真正走这一步。",
        "after.negative_sampling": "再看同一个词对：p({context} | {center}) 从 {before} 变为 {after}（∝ Pₙ(o) exp(s)，仅供比较；负采样训练的是 σ(s)）。按“应用一次”才会真正走这一步。",
    },
    all_zero="U 还全是零：所有得分都是 0，模型还什么也不知道。先训练一会儿吧。",
    limited="已打开“限制步长”：任何向量的移动都不超过 {bound}（η* 是缩短后的步长）。",
    no_probability="这里它等于 {value}：比“必然”还要大。",
    views={"steps": "逐步", "heat": "热图", "arrows": "箭头", "check": "梯度检验"},
    views_label="视图",
    roles={
        "center": "中心词",
        "context": "上下文词",
        "noise": "噪声词",
        "other": "词",
        "rest": "其余",
        "node": "分岔",
        "sum": "和",
    },
    both_roles="既是上下文词又是噪声词",
    times="噪声词 ×{count}",
    rest="其余 {count} 个词",
    wanted={1: "是", 0: "否"},
    turns={0: "左", 1: "右"},
    turn="分岔 {number}",
    below="{words}（{count} 词）",
    sum_row="合计",
    axes={
        "vectors": "各向量的分量，右侧是长度",
        "scores": "得分 s，在竖线右侧为正",
        "exponentials": "得分的指数 exp(s)",
        "sigmoids": "σ(s)，从 0 到 1；▲ 为正确答案",
        "sigmoids.hierarchical_softmax": "向左走的概率，从 0 到 1；▲ 为通往该词的方向",
        "probabilities": "每个词的概率",
        "probabilities.negative_sampling": "模型给正确答案的概率，从 0 到 1",
        "probabilities.hierarchical_softmax": "条形为本次转向的概率，数字为至此的乘积",
        "probabilities.softmax_with_negatives": "讲义所称的“概率”",
        "terms": "各项损失（nat）",
        "loss": "各项首尾相接（nat）",
        "slopes": "dL/ds：向左表示得分应上升，向右表示应下降",
        "gradients": "各梯度的分量，右侧是长度",
        "update": "各次移动的分量，右侧是长度",
        "after": "更新后的概率，空框为更新前",
        "after.negative_sampling": "更新后给正确答案的概率，空框为更新前",
        "after.hierarchical_softmax": "更新后本次转向的概率，空框为更新前",
        "check": "条形和上方数字：按公式；竖线和下方数字：按数值近似（有限差分）",
    },
    was="原为 {value}",
    leaves_sum="全部 {words} 片叶子的概率之和为 {total}。",
    click_row="{axis}。点一行，公式中就代入那一行的数。",
    row="代入公式的行",
    heat_note="名称旁有竖条的行会被这一步改动，其余各行保持不变。",
    heat_more="U 中还有 {count} 行，全部会被改动",
    heat_columns={"before": "更新前", "gradient": "梯度", "after": "更新后"},
    tables={"W": "W：中心词", "U": "U：被预测的词", "U.nodes": "U：树的分岔"},
    arrows_note="该平面保留这些向量 {share} 的方差；移动放大到 {magnified} 倍。",
    arrows_help="U 的每一行都沿着自己的方向作用于中心词：得分应上升的把它拉近，应下降的把它推开。全部相加就是中心词的移动。",
    arrows_alt="平面上的各个向量，箭头表示 U 的各行怎样移动中心词",
    arrows={
        "pull": "拉：得分应上升",
        "push": "推：得分应下降",
        "rest": "其余词的推力",
        "move": "中心词的移动",
        "own": "U 各行的移动",
        "zero": "0 点",
    },
    check_help="推导对不对？试一试：把一个分量向两边各移动一点点，看损失改变多少。试算只用到损失，完全不知道梯度的公式。",
    check_alt="梯度中最大的几个分量：按公式与按数值近似",
    check_absolute="最大差异",
    check_relative="相对差异",
    component="第 {index} 维",
    apply="应用一次",
    apply_help="走这一步：在这个词对上训练一次。",
    apply_many="应用 100 次",
    csv="下载 CSV",
    csv_help="把每个半步的数存成表格，表头前附有词对和设置。",
    apply_many_help="同一个词对、同样的噪声词，训练一百次。",
    undo="撤销",
    undo_help="撤销上一次“应用”，逐位复原。",
    rise={
        "probability": "p(上下文词 | 中心词)",
        "probability.negative_sampling": "p(o | c) ∝ Pₙ exp(s)",
        "sigmoid": "σ(s)：真词对？",
    },
    rise_axis="应用次数",
    rise_now="{times} 次之后为 {probability}",
    rise_alt="随着该词对被反复应用，上下文词概率的变化",
    fresh="还没有训练：U 全是零，所以每个得分都是 0。",
    train_a_little="训练一会儿",
    train_a_little_help="完成整个训练的三分之一（没有下界的损失：直到降低了初始值的一半），再回到这个词对。",
    frozen="正在训练。下面是第 {step} 步时的数值，保持不动；暂停后可以应用。",
    changed="已修改：{changes}。下面仍是原来的训练中的数值。",
    start_new="新的训练",
    picture_alt="这个半步的各个数值，以条形表示",
)
