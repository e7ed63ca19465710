"""The Side by side page, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class CompareText:
    """The visible strings of the Side by side page."""

    title: str
    heading: str

    # What is compared
    preset: str
    preset_help: str
    presets: Mapping[str, str]
    watch: Mapping[str, str]  # of each preset, what to look at
    runs: str  # the button under which one's own comparison is put together
    runs_help: str
    differs: str
    differs_help: str
    count: str
    run: str  # {letter}
    settings: Mapping[str, str]  # those without a widget among the shared settings
    labels: Mapping[str, str]  # of values that are words
    taken: str  # why a shared setting cannot be changed here

    # Where the runs stand
    press_play: str
    pairs_each: str  # {pairs}
    speed_each: str  # {speed}
    changed: str  # {names}
    what_runs_are: str  # among the changed settings: the runs themselves
    loss: str  # {start} {now}
    floor: str  # {floor}
    no_floor: str
    cost: str  # {seconds} {rows}
    stopped: Mapping[str, str]  # {step}; by the code of the run's problem
    unlike: str
    alike: str
    relative: str
    without_floor: Mapping[str, str]  # {runs}; by the floor's code

    # Taking the runs along
    export: str
    export_help: str

    # How the runs are looked at: what the switches are called, and what stands on them
    views: Mapping[str, str]
    options: Mapping[str, Mapping[str, str]]
    explained: Mapping[str, str]  # some of what stands on the switches

    # The charts
    clock_axes: Mapping[str, str]
    scale_axes: Mapping[str, str]
    measure_axes: Mapping[str, str]
    levels: Mapping[str, str]
    curves_alt: str  # {clock}
    neighbors_alt: str  # {word}
    maps_alt: str
    maps_note: str


EN = CompareText(
    title="Side by side",
    heading="Side by side",
    preset="Comparison",
    preset_help="A comparison for a lecture starts at once; put together one of your own under “Runs”.",
    presets={
        "objectives": "Softmax or negative sampling",
        "negatives": "How many negatives",
        "rates": "Learning rate: crawl, fall, explode",
        "noise": "Which words are noise",
        "notes": "A loss without a floor",
        "zero": "All vectors zero",
        "own": "One of your own",
    },
    watch={
        "objectives": "Pair for pair, full softmax comes to rank higher. But each of its steps moves all of U: by "
        "**rows of U** and **loss left**, negative sampling is far ahead.",
        "negatives": "More noise words, more terms, a larger loss: (K+1) ln 2 at the start. Yet after a few epochs "
        "the run with the largest loss is best by **top 10**.",
        "rates": "Steps are not limited here. At 0.001 the loss crawls, at 0.05 it falls, and at 5 it explodes "
        "within a few batches: that run stops by itself.",
        "noise": "One start, three floors. At power 0 scores follow log p(o|c) plus a constant; at 1, PMI − log K, which makes "
        "little of frequent words: after two epochs it ranks lowest.",
        "notes": "The course notes' first loss is unbounded: it falls through zero and on without end, and its ranks "
        "stay poor. Softmax settles towards its floor.",
        "zero": "U's gradient is a product with W, and W's one with U. Where both are zero so is every gradient: run "
        "B never leaves its start line.",
        "own": "Choose under **Runs** what differs; all else comes from the settings on the left.",
    },
    runs="Runs",
    runs_help="Put together a comparison of your own: what differs, and its value in each run.",
    differs="What differs",
    differs_help="All else is the same in every run, the pairs and their order too.",
    count="Number of runs",
    run="Run {letter}",
    settings={
        "noise_power": "Noise power",
        "optimizer": "Optimizer",
        "schedule": "Rate schedule",
        "noise": "Noise words",
        "initial_vectors": "Initial vectors W",
    },
    labels={
        "sgd": "Plain descent (SGD)",
        "adagrad": "Adagrad",
        "linear": "Falling linearly",
        "constant": "Constant",
        "shared": "A shared pool",
        "per_pair": "Drawn for each pair",
        "uniform": "Small and random",
        "zero": "Zero",
    },
    taken="The comparison decides this one.",
    press_play="Press **Play**: all runs train on the same pairs, in the same order.",
    pairs_each="{pairs} pairs each",
    speed_each="{speed} pairs/s each",
    changed="Changed: {names}. The runs below keep the old settings; press **Reset** to start anew.",
    what_runs_are="the runs",
    loss="loss {start} → {now}",
    floor="floor {floor}",
    no_floor="no floor",
    cost="{seconds} s computing, {rows} rows of U",
    stopped={
        "diverged": "exploded after step {step}",
        "diverged_unbounded": "ran to −∞ after step {step}",
        "internal": "stopped by an error",
    },
    unlike="The heights of these curves must not be compared: softmax is −log p over all words, negative sampling a "
    "sum of K+1 yes/no losses, and other noise moves the floor. Compare the loss left to go or the ranks.",
    alike="All runs have one loss, so the heights of these curves can be compared.",
    relative="Each loss on its own scale: 1 is its start, 0 the least that freely chosen scores could reach; short "
    "vectors may stay above it. How far each has come can be compared; which vectors are better, the ranks tell.",
    without_floor={
        "unbounded": "{runs} has no floor, for its loss is unbounded below: nothing to measure what is left by.",
        "no_closed_form": "{runs} has no known floor (none has a closed form in CBOW): nothing to measure what is left by.",
    },
    export="CSV",
    export_help="The runs as a table: steps, pairs, seconds, losses and ranks, with the settings on top. The charts "
    "have buttons of their own for pictures.",
    views={
        "clock": "Horizontal axis",
        "scale": "Scale",
        "curve": "Curve",
        "measure": "Measure",
        "below": "Below the charts",
    },
    options={
        "clock": {"pairs": "pairs", "rows": "rows of U", "seconds": "seconds"},
        "scale": {"nats": "loss", "relative": "loss left"},
        "curve": {"running": "running", "probe": "probe"},
        "measure": {"mean_reciprocal_rank": "1/rank", "top_10": "top 10", "cross_entropy": "cross-entropy"},
        "below": {"neighbors": "Neighbors", "maps": "Maps"},
    },
    explained={
        "nats": "The loss in nats: logarithms are natural.",
        "relative": "Loss left to go: 1 at the start, 0 at the least that freely chosen scores could reach.",
        "running": "The loss of each batch before its update: words just seen, noise just drawn.",
        "probe": "The same {pairs} pairs at every look, expected noise, no update: the honest curve.",
        "rows": "How many rows of U the updates have touched, added up over the steps: what training costs.",
        "mean_reciprocal_rank": "Mean of 1/rank of the true context word among all words; 1 is perfect. Comparable "
        "whatever the loss.",
        "top_10": "Of how many pairs the true context word is among the 10 best. Comparable whatever the loss.",
        "cross_entropy": "Mean −log p of the true context word, with p made to sum to 1 over all words. Comparable "
        "whatever the loss.",
    },
    clock_axes={
        "pairs": "pairs seen",
        "rows": "rows of U touched, added up",
        "seconds": "compute time of the run, in seconds",
    },
    scale_axes={"nats": "loss (nats)", "relative": "loss left to go (1 start, 0 floor)"},
    measure_axes={
        "mean_reciprocal_rank": "mean 1/rank (probe)",
        "top_10": "top 10 share (probe)",
        "cross_entropy": "−log p (nats, probe)",
    },
    levels={"start": "start", "floor": "floor"},
    curves_alt="The loss of all runs and, beside it, how their vectors rank on the probe, over the same axis: {clock}.",
    neighbors_alt="The nearest neighbors of {word} in each run.",
    maps_alt="A map of words for each run.",
    maps_note="All maps are turned to lie like A’s.",
)

ZH = CompareText(
    title="并排比较",
    heading="并排比较",
    preset="比较内容",
    preset_help="选择课堂示例会立即重新开始；也可以在“各组设置”里自行搭配。",
    presets={
        "objectives": "softmax 与负采样",
        "negatives": "负样本取几个",
        "rates": "学习率：太小、合适、发散",
        "noise": "噪声词怎么选",
        "notes": "没有下界的损失",
        "zero": "词向量全为零",
        "own": "自定义",
    },
    watch={
        "objectives": "看过同样多的词对，完整 softmax 的排名更靠前；但它每步都要改动 U 的所有行："
        "换成**更新行数**和**剩余差距**来看，负采样遥遥领先。",
        "negatives": "噪声词越多，求和项越多，损失就越大：初始值是 (K+1) ln 2。但 K 不同时，不能凭损失高低判断词向量好坏：几轮之后，损失最大的那一组**前 10 名**的比例反而最高。",
        "rates": "这里不限制步长。学习率 0.001 时损失几乎不动，0.05 时稳步下降，5 时几个批次内就发散，那一组会自动停止。",
        "noise": "起点相同，下界各异。幂次为 0 时，得分趋向 log p(o|c) 加一个常数；幂次为 1 时趋向 PMI − log K，高频词占不到便宜，两轮之后排名落在最后。",
        "notes": "讲义最初的损失没有下界：它穿过零一路下降，永无止境，排名却始终很差；softmax 则逐渐接近自己的下界。",
        "zero": "U 的梯度要乘以 W，W 的梯度要乘以 U。两者全为零时，所有梯度都是零：B 组永远停在起点。",
        "own": "在**各组设置**里选择不同之处，其余都用左侧的设置。",
    },
    runs="各组设置",
    runs_help="自行搭配：哪一项不同，各组分别取什么值。",
    differs="不同之处",
    differs_help="其余各项每组都相同，词对及其顺序也相同。",
    count="组数",
    run="{letter} 组",
    settings={
        "noise_power": "噪声分布的幂次",
        "optimizer": "优化方法",
        "schedule": "学习率变化",
        "noise": "噪声词",
        "initial_vectors": "W 的初始值",
    },
    labels={
        "sgd": "普通梯度下降（SGD）",
        "adagrad": "Adagrad 自适应",
        "linear": "线性下降",
        "constant": "保持不变",
        "shared": "整块共用一组",
        "per_pair": "每个词对单独抽取",
        "uniform": "小随机数",
        "zero": "全为零",
    },
    taken="这一项由本次比较决定。",
    press_play="按 **开始**：各组以相同的顺序学习相同的词对。",
    pairs_each="每组 {pairs}个词对",
    speed_each="每组 {speed}词对/秒",
    changed="已修改：{names}。下面仍是原来的设置；按 **重置** 重新开始。",
    what_runs_are="各组设置",
    loss="损失 {start} → {now}",
    floor="下界 {floor}",
    no_floor="没有下界",
    cost="计算 {seconds} 秒，更新 U 的 {rows}行",
    stopped={
        "diverged": "第 {step} 步之后发散",
        "diverged_unbounded": "第 {step} 步之后趋向 −∞",
        "internal": "程序出错，已停止",
    },
    unlike="这些曲线的高低不能直接比较：softmax 是全词表上的 −log p，负采样是 K+1 个二分类损失之和，噪声不同下界也不同。应当比较剩余差距或排名。",
    alike="各组的损失函数相同，曲线的高低可以直接比较。",
    relative="每个损失按自己的尺度：1 是初始值，0 是得分可任意取值时的最小值，维数低时未必能达到。走了多远可以比较；哪组词向量更好，要看排名。",
    without_floor={
        "unbounded": "{runs} 组的损失没有下界，因此谈不上剩余差距。",
        "no_closed_form": "{runs} 组的下界没有解析式（CBOW 都是如此），因此谈不上剩余差距。",
    },
    export="导出 CSV",
    export_help="把各组的数据存成表格：步数、词对数、秒数、损失和排名，表头写明设置。图表上方有各自的按钮，可保存为图片。",
    views={"clock": "横轴", "scale": "纵轴", "curve": "曲线", "measure": "指标", "below": "图表下方"},
    options={
        "clock": {"pairs": "词对数", "rows": "更新行数", "seconds": "计算时间"},
        "scale": {"nats": "损失值", "relative": "剩余差距"},
        "curve": {"running": "训练中", "probe": "探针"},
        "measure": {"mean_reciprocal_rank": "倒数排名", "top_10": "前 10 名", "cross_entropy": "交叉熵"},
        "below": {"neighbors": "近邻", "maps": "词图"},
    },
    explained={
        "nats": "损失以 nat 为单位，即取自然对数。",
        "relative": "剩余差距：1 为初始值，0 为得分可任意取值时的最小值。",
        "running": "每个批次更新之前的损失：刚见过的词，刚抽到的噪声。",
        "probe": "每次都测量同样的 {pairs} 个词对，噪声取期望，不做更新：这才是如实的曲线。",
        "rows": "每步更新改动的 U 的行数逐步累计，也就是训练的代价。",
        "mean_reciprocal_rank": "真正的上下文词在全部词中的名次，取 1/名次 的平均；1 为满分。不论用什么损失都可以比较。",
        "top_10": "有多大比例的词对，真正的上下文词排在前 10 名。不论用什么损失都可以比较。",
        "cross_entropy": "真正的上下文词的 −log p 的平均，其中 p 在全词表上归一化。不论用什么损失都可以比较。",
    },
    clock_axes={
        "pairs": "已训练的词对数",
        "rows": "更新过的 U 的行数（累计）",
        "seconds": "该组的计算时间（秒）",
    },
    scale_axes={"nats": "损失（nat）", "relative": "剩余差距（1 为初始值，0 为下界）"},
    measure_axes={
        "mean_reciprocal_rank": "平均倒数排名（探针）",
        "top_10": "前 10 名的比例（探针）",
        "cross_entropy": "−log p（nat，探针）",
    },
    levels={"start": "起点", "floor": "下界"},
    curves_alt="各组的损失，以及旁边探针上的排名指标；横轴相同：{clock}。",
    neighbors_alt="各组中“{word}”的近邻。",
    maps_alt="各组的词图。",
    maps_note="各图都转到与 A 一致的方向。",
)
