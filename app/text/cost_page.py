"""The page about what a step costs, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class CostText:
    """The visible strings of the page."""

    title: str
    heading: str
    noise: str
    noise_help: str
    noises: Mapping[str, str]
    measure: str
    again: str
    cancel: str
    measure_help: str
    cancel_help: str
    csv: str
    csv_help: str

    # The line that says where the measurement stands
    predict: str
    measuring: str  # {round} {rounds} {objective} {size}
    result: str  # {size} {slow} {slow_time} {fast} {fast_time} {times}
    cancelled: str  # {done} {total}
    failed: str

    # The chart and the cards beside it
    scores_chart: str
    time_chart: str
    chart_alt: str
    vocabulary_axis: str
    scores_axis: str
    time_axis: str
    formulas: Mapping[str, str]  # how theory counts the scores of each objective; {k}
    theory: str  # {first} {last} {growth}
    constant_theory: str  # {scores}
    measured: str  # {first} {last} {growth}
    not_measured: str
    price: str  # {price}
    hover: str  # {objective} {size} {time} {low} {high} {steps}
    hover_theory: str  # {objective} {size} {scores}
    hover_fit: str  # {objective} {size} {scores} {price} {time}
    legend: str
    legend_theory: str
    note: str  # {centers}


EN = CostText(
    title="What a step costs",
    heading="What does one pair cost?",
    noise="Noise words",
    noise_help="Drawn for every pair, as in the textbook; or one pool of 32 shared by 32 neighboring centers "
    "and weighted so that the expected gradient is the same.",
    noises={"shared": "a shared pool", "per_pair": "K for each pair"},
    measure="Measure",
    again="Measure again",
    cancel="Cancel",
    measure_help="Time real training steps of all four losses at six vocabulary sizes, here and now: "
    "about 10 seconds.",
    cancel_help="Stop measuring; the points so far stay.",
    csv="CSV",
    csv_help="The points as a table, with the settings above it.",
    predict="A prediction first: how many scores w·u one pair needs. Press **Measure** to time real training "
    "steps on this machine.",
    measuring="Measuring, round {round} of {rounds}: **{objective}**, {size} words",
    result="With {size} words a pair takes **{slow_time}** ({slow}) or **{fast_time}** ({fast}): "
    "**{times} times** less.",
    cancelled="Stopped after {done} of {total} points.",
    failed="The measurement failed because of an error in the app. Try again.",
    scores_chart="Theory: the scores of one pair as the vocabulary grows",
    time_chart="The time of one pair as the vocabulary grows",
    chart_alt="Time of one pair against the size of the vocabulary, a line for each loss, on logarithmic axes",
    vocabulary_axis="different words in the text (V)",
    scores_axis="scores a pair",
    time_axis="time a pair",
    formulas={
        "softmax": "V scores",
        "softmax_with_negatives": "V scores",
        "hierarchical_softmax": "code length ≈ log₂ V",
        "negative_sampling": "K + 1 = {k} scores",
    },
    theory="theory: {first} → {last} ({growth})",
    constant_theory="theory: {scores} at any V (×1)",
    measured="measured: {first} → {last} ({growth})",
    not_measured="measured: –",
    price="{price} a score",
    hover="{objective}, {size} words: {time} a pair (half of {steps} steps: {low} to {high})",
    hover_theory="{objective}, {size} words: {scores} scores a pair",
    hover_fit="Theory for {objective}, {size} words: {scores} scores × {price} = {time}",
    legend="measured (median of the steps, the best of three rounds)",
    legend_theory="theory × one constant a loss",
    note="All steps take {centers} centers. Theory counts scores alone; a real step also has work that no score "
    "accounts for, and it shares: the pairs of one center use one row of scores. In large matrix products a score "
    "is far cheaper than one by one, until the vectors outgrow the processor's cache.",
)

ZH = CostText(
    title="一步的代价",
    heading="一个词对要花多少时间？",
    noise="噪声词",
    noise_help="像教科书那样为每个词对单独抽取；或者由相邻的 32 个中心词共用 32 个噪声词并加权，梯度的期望相同。",
    noises={"shared": "共用一批", "per_pair": "每个词对各抽 K 个"},
    measure="测量",
    again="重新测量",
    cancel="取消",
    measure_help="在这台机器上实测四种损失、六种词表大小的训练步，大约需要 10 秒。",
    cancel_help="停止测量，已测得的点会保留。",
    csv="下载 CSV",
    csv_help="把测得的点存成表格，表头前附有设置。",
    predict="先看理论：一个词对需要计算多少个得分 w·u。按 **测量**，在这台机器上实测训练步的时间。",
    measuring="正在测量，第 {round}/{rounds} 遍：**{objective}**，{size} 个词",
    result="词表有 {size} 个词时，一个词对要 **{slow_time}**（{slow}）或 **{fast_time}**（{fast}），"
    "相差 **{times} 倍**。",
    cancelled="已停止，测得 {total} 个点中的 {done} 个。",
    failed="程序出错，测量没有完成。请重试。",
    scores_chart="理论：词表增大时一个词对需要的得分数",
    time_chart="词表增大时一个词对所需的时间",
    chart_alt="一个词对所需时间随词表大小的变化，每种损失一条线，双对数坐标",
    vocabulary_axis="不同的词的个数（V）",
    scores_axis="每个词对的得分数",
    time_axis="每个词对的时间",
    formulas={
        "softmax": "V 个得分",
        "softmax_with_negatives": "V 个得分",
        "hierarchical_softmax": "码长 ≈ log₂ V",
        "negative_sampling": "K + 1 = {k} 个得分",
    },
    theory="理论：{first} → {last}（{growth}）",
    constant_theory="理论：{scores}，与 V 无关（×1）",
    measured="实测：{first} → {last}（{growth}）",
    not_measured="实测：–",
    price="每个得分 {price}",
    hover="{objective}，{size} 个词：每个词对 {time}（{steps} 步中有一半在 {low} 到 {high} 之间）",
    hover_theory="{objective}，{size} 个词：每个词对 {scores} 个得分",
    hover_fit="{objective}的理论值，{size} 个词：{scores} 个得分 × {price} = {time}",
    legend="实测（各步的中位数，三遍中取最快的一遍）",
    legend_theory="理论 × 每种损失一个常数",
    note="每一步都取 {centers} 个中心词。理论只数得分的个数；实际的一步还有与得分无关的开销，也有共享："
    "同一中心词的词对共用一行得分。在大矩阵乘法中，每个得分比逐个计算便宜得多，直到词向量超出处理器的缓存。",
)
