"""The page about what the vectors learn, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class PmiText:
    """The visible strings of the page. Mappings with `scores` and `probabilities`: negative sampling, softmaxes."""

    title: str
    headings: Mapping[str, str]
    lead: Mapping[str, str]
    no_optimum: str
    choose: str
    choose_help: str
    csv: str
    csv_help: str

    # The chart
    chart: Mapping[str, str]
    chart_alt: str
    optimum_axis: Mapping[str, str]
    value_axis: Mapping[str, str]
    diagonal: str
    never: str
    count_classes: str  # {low} {high}
    count_below: str  # {high}
    count_above: str  # {low}
    legend: str
    hover_counts: str
    hover_said: str
    hover_belongs: str
    hover_pmi: str
    hover_never: str

    # Beside the chart
    pearson: str
    pearson_help: str
    spearman: str
    spearman_help: str
    distance: str
    distance_help: str
    strange: str
    strange_help: str
    exact: Mapping[str, str]
    points: str  # {pairs} {passes}
    points_sample: str  # {pairs} {tokens}


EN = PmiText(
    title="What it learns",
    headings={
        "scores": "Negative sampling learns PMI − log K",
        "probabilities": "This loss learns log P(context | center)",
        "none": "Nothing to converge to",
    },
    lead={
        "scores": "Press **Play** and watch the scores of pairs leave 0 for the diagonal.",
        "probabilities": "Press **Play** and watch each pair's probability approach the context's share of the "
        "center's pairs.",
    },
    no_optimum="Softmax with negatives has no lower bound: no score is the right one for a pair, and so there is no "
    "line to fall on. Every other loss has one.",
    choose="Use negative sampling",
    choose_help="Start a new run with negative sampling, whose scores w·u themselves have an optimum.",
    csv="CSV",
    csv_help="The points as a table, with the settings above it.",
    chart={
        "scores": "What the vectors say of a pair, and what the text says",
        "probabilities": "How probable the model finds a pair, and how frequent it is",
    },
    chart_alt="Scatter of pairs: what the text says across, what the vectors say up",
    optimum_axis={
        "scores": "the text: log #(c,o) / (K #(c) Pₙ(o))",
        "probabilities": "the text: log P(o | c) = log #(c,o) / #(c)",
    },
    value_axis={
        "scores": "the vectors: score w·u",
        "probabilities": "the vectors: log p(o | c)",
    },
    diagonal="where the loss drives them",
    never="never<br>together",
    count_classes="{low} to {high}",
    count_below="under {high}",
    count_above="{low} or more",
    legend="Times in the text:",
    hover_counts="times in the text",
    hover_said="vectors",
    hover_belongs="text",
    hover_pmi="PMI",
    hover_never="never together in the text, met only as noise",
    pearson="Correlation r",
    pearson_help="Pearson's correlation of the points; 1 where all lie on a rising line.",
    spearman="By rank ρ",
    spearman_help="Spearman's rank correlation: whether the pairs come in the right order.",
    distance="Mean distance",
    distance_help="How far, on average, what the vectors say is from the diagonal; in nats.",
    strange="Never together",
    strange_help="Mean over pairs that never occur in the text, drawn as training draws noise. The loss drives "
    "them to −∞, so they have no place on the axis; they are the column of points at the left.",
    exact={
        "scores": "The horizontal axis is exact for this run: Pₙ draws words by count to the power 0.75, so it "
        "differs from PMI − log K by log P(o)/Pₙ(o).",
        "probabilities": "Softmax fixes scores only up to a constant a row, so the page shows log p(o | c), "
        "the score minus the row's log partition.",
    },
    points="{pairs} pairs, frequent ones more likely chosen; counts from {passes} passes of the windows over the text.",
    points_sample="{pairs} pairs, frequent ones more likely chosen; counted, and never met, in a sample of {tokens} "
    "words.",
)

ZH = PmiText(
    title="学到了什么",
    headings={
        "scores": "负采样学到的是 PMI − log K",
        "probabilities": "这种损失学到的是 log P(上下文词 | 中心词)",
        "none": "没有收敛的目标",
    },
    lead={
        "scores": "按 **开始**，看词对的得分从 0 走向对角线。",
        "probabilities": "按 **开始**，看每个词对的概率接近该上下文词在此中心词全部词对中所占的比例。",
    },
    no_optimum="带负样本的 softmax 没有下界：任何词对都没有“正确”的得分，也就没有可以落上去的直线。其他损失都有。",
    choose="改用负采样",
    choose_help="用负采样重新开始训练：它的得分 w·u 本身就有最优值。",
    csv="下载 CSV",
    csv_help="把各点存成表格，表头前附有设置。",
    chart={
        "scores": "词对：词向量怎么说，文本怎么说",
        "probabilities": "词对：模型给出的概率与文本中的频率",
    },
    chart_alt="词对的散点图：横轴是文本所示，纵轴是词向量所示",
    optimum_axis={
        "scores": "文本：log #(c,o) / (K #(c) Pₙ(o))",
        "probabilities": "文本：log P(o | c) = log #(c,o) / #(c)",
    },
    value_axis={
        "scores": "词向量：得分 w·u",
        "probabilities": "词向量：log p(o | c)",
    },
    diagonal="损失把它们推向这里",
    never="从不<br>同现",
    count_classes="{low} 到 {high}",
    count_below="不到 {high}",
    count_above="{low} 次以上",
    legend="在文本中出现的次数：",
    hover_counts="在文本中出现",
    hover_said="词向量",
    hover_belongs="文本",
    hover_pmi="点互信息 PMI",
    hover_never="在文本中从不同现，只作为噪声出现",
    pearson="相关系数 r",
    pearson_help="各点的皮尔逊相关系数；全部落在一条上升直线上时为 1。",
    spearman="秩相关系数 ρ",
    spearman_help="斯皮尔曼相关系数：词对的先后次序是否正确。",
    distance="平均距离",
    distance_help="词向量所示与对角线平均相差多少，单位 nat。",
    strange="从不同现",
    strange_help="文本中从不同现的词对（像训练抽噪声那样抽取）的平均值。"
    "损失把它们推向 −∞，横轴上没有它们的位置，所以画成左侧的一列点。",
    exact={
        "scores": "横轴对本次训练是精确的：Pₙ 按词频的 0.75 次方抽词，所以它与 PMI − log K 相差 log P(o)/Pₙ(o)。",
        "probabilities": "softmax 的得分每行只确定到一个常数，所以这里画的是 log p(o | c)，"
        "即得分减去该行的对数配分函数。",
    },
    points="共 {pairs} 个词对，越常见的越容易选中；次数来自窗口在文本上的 {passes} 遍统计。",
    points_sample="共 {pairs} 个词对，越常见的越容易选中；次数与“从不同现”都按 {tokens} 词的样本统计。",
)
