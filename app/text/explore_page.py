"""The Explore page, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ExploreText:
    """The visible strings of the Explore page."""

    title: str
    heading: str

    # Above the map
    untrained: str
    behind: str
    train: str
    train_help: str
    pause: str
    form: str
    form_help: str
    hold: str
    hold_help: str
    anew: str
    anew_help: str
    onward: str
    onward_help: str

    # Settings of the map, by session key
    map: str
    maps: Mapping[str, str]
    map_help: str
    dimensions: str
    dimension_names: Mapping[int, str]
    which: str
    whiches: Mapping[str, str]
    which_help: str
    words: str
    words_help: str
    colour: str
    colours: Mapping[str, str]
    colour_help: str
    groups: str
    axis_labels: Mapping[str, str]  # of the x, y and z components
    perplexity: str
    perplexity_help: str
    rate: str
    rate_help: str
    auto: str
    seed: str
    seed_help: str
    x_pairs: str
    y_pairs: str
    pairs_help: str

    # About the map
    axis: str  # {number} {share}
    axis_short: str  # {number}
    component: str  # {number} {share}
    pca_note: str  # {share}
    tsne_preparing: str
    tsne_phases: Mapping[str, str]
    tsne_note: str  # {phase} {iteration} {iterations} {divergence} {perplexity}
    tsne_axis: str
    axes_note: str  # {angle}
    judging: str
    truth: str  # {k} {kept} {chance} {trust}
    truth_help: str

    map_alt: str
    times: str  # {count}
    replay_axis: str  # {number}
    variance_axis: str
    variance_alt: str

    # Beside the map
    tabs_label: str
    tabs: Mapping[str, str]
    search: str
    how: str
    search_modes: Mapping[str, str]
    found: str  # {count}
    found_most: str  # {count}
    found_none: str
    select_all: str
    isolate: str
    back: str
    clear: str
    nothing_chosen: str
    nothing_chosen_help: str
    metric: str
    metrics: Mapping[str, str]
    k: str
    word: str
    near_help: str
    score: str
    facts: str  # {count} {category}
    no_category: str
    kept: str  # {k} {kept}
    not_on_map: str
    strangers: str
    selected: str  # {count}
    typical: str  # {typical} {odd}
    analogy_help: str
    analogy_note: str  # {a} {b} {c} {d}
    own: str
    sections: str
    kind: str
    right: str  # {right} {of}
    right_column: str
    total: str  # {share} {right} {of}
    odd: str
    odd_help: str
    odd_answer: str  # {word}

    film_empty: str
    film_note: str  # {frames}
    film_moment: str  # {step} {pairs}
    moment: str
    replay: str
    stop: str
    history: str  # {word}
    moved: str
    distance: str

    # Ends of the scales of colours
    similarity_ends: Mapping[str, str]  # {word}
    kept_ends: Mapping[str, str]  # {k}
    frequency_ends: Mapping[str, str]  # {low} {high}

    problems: Mapping[str, str]


EN = ExploreText(
    title="Explore",
    heading="Explore the vectors",
    untrained="Nothing is learnt yet: these are the random vectors that training starts from.",
    behind="The run has learnt on since this map was begun; **From here** takes the new vectors.",
    train="Train",
    train_help="Train with the settings of the Train page; the map follows.",
    pause="Pause",
    form="Resume",
    form_help="Let the map go on forming.",
    hold="Pause",
    hold_help="Stop the map where it is.",
    anew="Restart layout",
    anew_help="Begin from the principal components again, with the newest vectors.",
    onward="From here",
    onward_help="Go on from the points as they lie, with the newest vectors.",
    map="Map",
    maps={"pca": "PCA", "tsne": "t-SNE", "axes": "Axes of meaning"},
    map_help="PCA turns the vectors so that two or three axes show as much of their variance as possible. t-SNE tries "
    "to keep neighbors together. Axes of meaning are directions from one word to another.",
    dimensions="Dimensions",
    dimension_names={2: "2D", 3: "3D"},
    which="Vectors",
    whiches={"input": "Input W", "output": "Output U", "sum": "W + U"},
    which_help="word2vec exports the input vectors (of center words). Output vectors are those of context words; "
    "the sum is GloVe's habit. Their neighbors differ.",
    words="Words on the map",
    words_help="Words of known categories first, then the most frequent ones.",
    colour="Color",
    colours={
        "category": "Category",
        "frequency": "Frequency",
        "cluster": "Clusters (k-means)",
        "similarity": "Similarity to the word",
        "kept": "Neighbors kept",
    },
    colour_help="Categories are given with the corpus; training never sees them. Clusters are found in the "
    "vectors, and named by the word in their middle. The last one shows where the map can be trusted.",
    groups="Clusters",
    axis_labels={"pc_x": "x axis", "pc_y": "y axis", "pc_z": "z axis"},
    perplexity="Perplexity",
    perplexity_help="About how many neighbors count for a word. A change goes on from the present map.",
    rate="Learning rate",
    rate_help="Auto suits the number of words. A change goes on from the present map.",
    auto="auto",
    seed="Seed",
    seed_help="Of the small jitter at the start. A change begins anew.",
    x_pairs="x axis, from → to",
    y_pairs="y axis, from → to",
    pairs_help="Pairs of words, such as: man woman, king queen. The axis is the mean of their differences.",
    axis_short="component {number}",
    axis="component {number} ({share} of the variance)",
    component="component {number}: {share} of the variance",
    pca_note="The axes hold {share} of the variance.",
    tsne_preparing="Measuring neighborhoods …",
    tsne_phases={"early": "early exaggeration", "late": "fine arrangement"},
    tsne_note="{phase}, iteration {iteration} of {iterations}, KL {divergence}, perplexity {perplexity}.",
    tsne_axis="Who is near whom counts; distances between groups and their sizes mean little.",
    axes_note="Positions are cosines with the axes, which stand at {angle}° in the space.",
    judging="Comparing neighborhoods …",
    truth="On average {kept} of a word's {k} nearest stay near on the map (chance: {chance}); "
    "trustworthiness {trust}.",
    truth_help="Trustworthiness is 1 if no stranger comes near on the map. It forgives small errors; the "
    "number of neighbors kept does not.",
    map_alt="A map of words, a point each; the search finds words, and the list beside it names their neighbors.",
    times="{count}×",
    replay_axis="component {number} of the last moment",
    variance_axis="component",
    variance_alt="The share of the variance that each principal component holds.",
    tabs_label="What to look at",
    tabs={"neighbors": "Neighbors", "analogies": "Analogies", "time": "Time"},
    search="Search words",
    how="How to search",
    search_modes={"prefix": "begins", "part": "contains", "pattern": "regex"},
    found="{count} found",
    found_most="the {count} most frequent",
    found_none="No word is spelt so.",
    select_all="Select these",
    isolate="Isolate: show these words alone, on a map of their own",
    back="Back to the whole map",
    clear="Clear selection",
    nothing_chosen="No word is chosen",
    nothing_chosen_help="Click a point, search a word, or draw a box or a lasso around some (buttons above the map).",
    metric="Measure",
    metrics={"cosine": "cosine", "dot": "dot product", "euclidean": "Euclidean distance"},
    k="How many",
    word="Word",
    near_help="● near on the map, too · ○ not near on the map · – not on the map",
    score="Nearness",
    facts="{count}× · {category}",
    no_category="no category",
    kept="The map keeps {kept} of its {k} nearest near (filled dots).",
    not_on_map="This word is not on the map.",
    strangers="Near only on the map (not in the space)",
    selected="Selected words: {count}",
    typical="Most typical: {typical}. Least: {odd}.",
    analogy_help="a is to b as c is to what? Type three words, or choose a kind below.",
    analogy_note="{a} is to {b} as {c} is to {d}",
    own="Let a, b and c be answers, too",
    sections="Known analogies of this corpus",
    kind="Kind",
    right="{right} of {of}",
    right_column="Right",
    total="{share} right: {right} of {of} questions",
    odd="Odd one out",
    odd_help="Three words or more; the one that fits the others least.",
    odd_answer="Odd one out: {word}",
    film_empty="Nothing has been trained yet. Press Train; then replay here how the map came about.",
    film_note="{frames} moments of the training, by PCA of the input vectors; each map is turned to lie like the next.",
    film_moment="step {step} · {pairs} pairs",
    moment="Moment of the training",
    replay="Replay the training",
    stop="Stop",
    history="Neighbors of {word} at that moment",
    moved="Moved farthest (cosine distance)",
    distance="Distance",
    similarity_ends={"low": "cosine with “{word}”: 0", "high": "1"},
    kept_ends={"low": "0 of {k} neighbors kept", "high": "all {k}"},
    frequency_ends={"low": "{low}× in the text", "high": "{high}×"},
    problems={
        "too_few_words": "{words} are too few words for this.",
        "not_finite": "Some vectors are not finite numbers; they have no place on a map.",
        "no_output_vectors": "There are no output vectors.",
        "outputs_not_words": "Hierarchical softmax has no output vector for each word, but one for each node of its "
        "tree; the map shows the input vectors.",
        "no_pairs_of_words": "An axis of meaning needs a pair of words at least.",
        "bad_pair": "{text} is not a pair: two words with a space between, and a comma after each pair.",
        "no_direction": "These pairs have no common direction: they cancel out.",
        "bad_pattern": "This is no regular expression that can be searched for: {reason}.",
        "long_pattern": "A pattern has at most {most} characters.",
        "needs_re2": "Patterns need the package google-re2.",
        "no_questions": "There are no analogy questions.",
    },
)

ZH = ExploreText(
    title="探索",
    heading="探索词向量",
    untrained="还没有学到任何东西：这些是训练开始时的随机向量。",
    behind="生成这张图之后训练又有进展；按 **用新向量继续** 可换用新的向量。",
    train="训练",
    train_help="用“训练”页的设置进行训练，词图随之变化。",
    pause="暂停",
    form="继续",
    form_help="让词图继续成形。",
    hold="暂停布局",
    hold_help="让词图停在当前位置。",
    anew="重新布局",
    anew_help="用最新的向量，从主成分重新开始。",
    onward="用新向量继续",
    onward_help="用最新的向量，从各点现在的位置继续。",
    map="词图",
    maps={"pca": "PCA", "tsne": "t-SNE", "axes": "语义轴"},
    map_help="PCA 旋转向量，使两三个坐标轴保留尽可能多的方差。t-SNE 尽量让近邻仍在一起。"
    "语义轴是从一个词指向另一个词的方向。",
    dimensions="维数",
    dimension_names={2: "二维", 3: "三维"},
    which="向量",
    whiches={"input": "输入 W", "output": "输出 U", "sum": "W + U"},
    which_help="word2vec 导出的是输入向量（中心词的向量）。输出向量属于上下文词；"
    "两者相加是 GloVe 的做法。它们的近邻并不相同。",
    words="图上的词数",
    words_help="先取有已知类别的词，再取最常见的词。",
    colour="颜色",
    colours={
        "category": "类别",
        "frequency": "词频",
        "cluster": "聚类（k-means）",
        "similarity": "与所选词的相似度",
        "kept": "保留的近邻",
    },
    colour_help="类别随语料给出，训练时看不到。聚类是从向量中找出的，以中心处的词命名。最后一项显示图上哪些地方可信。",
    groups="聚类数",
    axis_labels={"pc_x": "x 轴", "pc_y": "y 轴", "pc_z": "z 轴"},
    perplexity="困惑度",
    perplexity_help="大约有多少个近邻对一个词起作用。修改后从现有的图继续。",
    rate="学习率",
    rate_help="自动：按词数选择。修改后从现有的图继续。",
    auto="自动",
    seed="随机种子",
    seed_help="决定开始时的微小扰动。修改后重新开始。",
    x_pairs="x 轴，从 → 到",
    y_pairs="y 轴，从 → 到",
    pairs_help="词对，例如：男人 女人，国王 王后。语义轴是各词对之差的平均方向。",
    axis_short="第 {number} 主成分",
    axis="第 {number} 主成分（方差的 {share}）",
    component="第 {number} 主成分：方差的 {share}",
    pca_note="坐标轴保留 {share} 的方差。",
    tsne_preparing="正在计算邻域……",
    tsne_phases={"early": "早期放大", "late": "细调"},
    tsne_note="{phase}，第 {iteration}/{iterations} 次迭代，KL 散度 {divergence}，困惑度 {perplexity}。",
    tsne_axis="t-SNE 图只看谁与谁相近；各群之间的距离和群的大小意义不大。",
    axes_note="位置是与语义轴的余弦；两轴在原空间中的夹角为 {angle}°。",
    judging="正在比较邻域……",
    truth="平均每个词的 {k} 个近邻中有 {kept} 个在图上仍相近（随机：{chance}）；可信度 {trust}。",
    truth_help="若图上的近邻在原空间中也都是近邻，可信度为 1。它对小误差很宽容，保留的近邻数则不然。",
    map_alt="词图，每个点是一个词；可以搜索词，右侧列出它的近邻。",
    times="出现 {count} 次",
    replay_axis="最后时刻的第 {number} 主成分",
    variance_axis="主成分",
    variance_alt="各主成分占方差的比例。",
    tabs_label="查看内容",
    tabs={"neighbors": "近邻", "analogies": "类比", "time": "时间"},
    search="搜索词",
    how="搜索方式",
    search_modes={"prefix": "开头是", "part": "包含", "pattern": "正则"},
    found="找到 {count} 个",
    found_most="最常见的 {count} 个",
    found_none="没有这样的词。",
    select_all="全部选中",
    isolate="单独显示：只显示这些词，并为它们重新作图",
    back="返回全图",
    clear="取消选择",
    nothing_chosen="尚未选词",
    nothing_chosen_help="点一个点、搜索一个词，或用图上方的按钮框选、套索圈选一些词。",
    metric="度量",
    metrics={"cosine": "余弦", "dot": "内积", "euclidean": "欧氏距离"},
    k="个数",
    word="词",
    near_help="● 在图上也相近 · ○ 在图上不相近 · – 不在图上",
    score="相近程度",
    facts="出现 {count} 次 · {category}",
    no_category="无类别",
    kept="{k} 个近邻中，有 {kept} 个在图上仍相近（实心点）。",
    not_on_map="这个词不在图上。",
    strangers="只在图上相近",
    selected="已选 {count} 个词",
    typical="最典型：{typical}；最不合群：{odd}。",
    analogy_help="a 之于 b，正如 c 之于谁？输入三个词，或在下面选一类。",
    analogy_note="{a} 之于 {b}，正如 {c} 之于 {d}",
    own="允许答案是 a、b 或 c",
    sections="本语料已知的类比",
    kind="类型",
    right="{right} / {of} 题",
    right_column="答对",
    total="正确率 {share}：{of} 题中答对 {right} 题",
    odd="找出最不合群的词",
    odd_help="输入三个以上的词，找出最不合群的一个。",
    odd_answer="最不合群：{word}",
    film_empty="还没有训练。按“训练”，然后在这里重放词图的形成过程。",
    film_note="训练中的 {frames} 个时刻，输入向量的 PCA；每张图都旋转到与下一张尽量一致。",
    film_moment="第 {step} 步 · {pairs}个词对",
    moment="训练的时刻",
    replay="重放训练过程",
    stop="停止",
    history="{word} 在该时刻的近邻",
    moved="移动最远的词（余弦距离）",
    distance="距离",
    similarity_ends={"low": "与“{word}”的余弦：0", "high": "1（相同）"},
    kept_ends={"low": "{k} 个近邻中保留 0 个", "high": "全部 {k} 个"},
    frequency_ends={"low": "出现 {low} 次", "high": "{high} 次"},
    problems={
        "too_few_words": "只有 {words} 个词，太少了。",
        "not_finite": "有的向量不是有限数，无法画在图上。",
        "no_output_vectors": "没有输出向量。",
        "outputs_not_words": "层次 softmax 的输出向量属于树的结点，不是每个词一个；图上显示的是输入向量。",
        "no_pairs_of_words": "语义轴至少需要一个词对。",
        "bad_pair": "{text} 不是词对：两个词之间用空格隔开，词对之间用逗号隔开。",
        "no_direction": "这些词对没有共同的方向，互相抵消了。",
        "bad_pattern": "这不是可用的正则表达式：{reason}。",
        "long_pattern": "正则表达式最多 {most} 个字符。",
        "needs_re2": "正则搜索需要安装 google-re2。",
        "no_questions": "没有类比题。",
    },
)
