"""The Corpus page, in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class CorpusText:
    """The visible strings of the Corpus page."""

    title: str
    heading: str

    # The window
    sentence_number: str  # {number} {sentences}
    passage_number: str  # {number} {sentences} {first} {last} {words}; of a sentence too long to show
    sentence_note: str  # {pairs} {words} {dropped}
    whole_sentence_note: str  # {pairs} {words}

    # One sentence each on what a chart shows
    zipf_note: str  # {share} {once} {slope}
    zipf_cut_note: str  # {share} {least} {slope}: no word occurs only once
    subsampling_note: str  # {threshold} {word} {word_kept} {kept}
    subsampling_off_note: str  # {word} {word_share}
    noise_note: str  # {rare} {rare_ratio} {frequent} {frequent_ratio}
    lengths_note: str  # {mean} {left} {window}
    table_note: str  # {shown} {found}

    # The window and its buttons
    window: str
    back: str
    forward: str
    play: str
    pause: str
    previous: str
    next: str
    previous_passage: str
    next_passage: str
    again: str
    again_help: str
    center: str  # below a word of the sentence
    reach: str  # {word} {reach} {window} {pairs}
    reach_one: str  # {word} {window} {pairs}
    dropped: str  # {word} {keep}
    stays: str  # {keep}; of a word of the sentence
    legend_center: str
    legend_context: str
    legend_dropped: str

    # The figures
    zipf: str
    subsampling: str
    noise: str
    lengths: str
    rank: str
    count: str
    probability: str
    length: str
    fitted: str
    before: str
    after: str
    power: str  # {power}
    hover_rank: str
    hover_times: str
    hover_sentences: str
    hover_words: str

    # The table
    words: str
    search: str
    most: str
    least: str
    word: str
    kept: str
    kept_help: str
    noise_column: str
    noise_help: str


EN = CorpusText(
    title="Corpus",
    heading="The text, before any training",
    sentence_number="Sentence {number} of {sentences}",
    passage_number="Sentence {number} of {sentences}: words {first} to {last} of {words}",
    sentence_note="This time subsampling drops {dropped} of the {words} words shown; "
    "the rest move together. Pairs: {pairs}.",
    whole_sentence_note="All {words} words shown stay. Pairs: {pairs}.",
    zipf_note="The 10 most frequent words are {share} of the text; {once} of the vocabulary occur once. "
    "Slope {slope} (Zipf's law: −1).",
    zipf_cut_note="The 10 most frequent words are {share} of the text, the rarest come {least}× each. "
    "Slope {slope} (Zipf's law: −1).",
    subsampling_note="Subsampling at {threshold} leaves {word_kept} of “{word}”, and {kept} of the whole text: "
    "very frequent words tell little.",
    subsampling_off_note="Subsampling is off: every word stays, and “{word}” alone is {word_share} of the text.",
    noise_note="Compared with the text (power 1), power 0.75 draws “{rare}” {rare_ratio} times as often, "
    "and “{frequent}” {frequent_ratio} times.",
    lengths_note="A sentence has {mean} words on average, {left} after subsampling; a window of {window} "
    "never reaches past its ends.",
    table_note="{shown} of {found}",
    window="The window",
    back="Step back (left arrow)",
    forward="Step on to the next center word (right arrow)",
    play="Step along by itself (space)",
    pause="Stop (space)",
    previous="Previous sentence",
    next="Next sentence",
    previous_passage="Previous passage of the sentence",
    next_passage="Next passage of the sentence",
    again="Draw again",
    again_help="Draw anew which words are dropped and how far each window reaches",
    center="center",
    reach="“{word}” looks {reach} words to either side, drawn from 1 to {window}; pairs: {pairs}",
    reach_one="“{word}” looks one word to either side, drawn from 1 to {window}; pairs: {pairs}",
    dropped="“{word}” is dropped this time; it stays with probability {keep}",
    stays="stays with probability {keep}",
    legend_center="center word",
    legend_context="context word",
    legend_dropped="dropped by subsampling",
    zipf="Word frequencies (Zipf)",
    subsampling="What subsampling keeps",
    noise="Noise distribution",
    lengths="Sentence lengths",
    rank="rank of the word",
    count="count",
    probability="probability",
    length="words in a sentence",
    fitted="fitted line",
    before="all",
    after="kept",
    power="power {power}",
    words="Words",
    search="Search",
    most="Frequent",
    least="Rare",
    word="word",
    kept="kept",
    kept_help="Probability that one occurrence survives subsampling",
    noise_column="noise",
    noise_help="How often power 0.75 draws the word as noise, compared with its share of the text",
    hover_rank="rank",
    hover_times="×",
    hover_sentences="sentences",
    hover_words="words",
)

ZH = CorpusText(
    title="语料",
    heading="训练之前，先看文本",
    sentence_number="第 {number} 句（共 {sentences} 句）",
    passage_number="第 {number} 句（共 {sentences} 句）：第 {first}–{last} 个词，全句 {words} 个词",
    sentence_note="这一次下采样从所示的 {words} 个词中丢弃了 {dropped} 个；其余的词互相靠拢，得到 {pairs} 个词对。",
    whole_sentence_note="所示的 {words} 个词都保留，得到 {pairs} 个词对。",
    zipf_note="最常见的 10 个词占全文的 {share}；{once} 的词只出现一次。斜率 {slope}（齐普夫定律：−1）。",
    zipf_cut_note="最常见的 10 个词占全文的 {share}，最少见的词出现 {least} 次。斜率 {slope}（齐普夫定律：−1）。",
    subsampling_note="阈值为 {threshold} 时，“{word}”保留 {word_kept}，全文保留 {kept}：太常见的词说明不了什么。",
    subsampling_off_note="下采样已关闭：所有词都保留，仅“{word}”一个词就占全文的 {word_share}。",
    noise_note="与词频（幂 1）相比，幂 0.75 抽到“{rare}”的机会是 {rare_ratio} 倍，“{frequent}”是 {frequent_ratio} 倍。",
    lengths_note="平均每句 {mean} 个词，下采样后剩 {left} 个；大小为 {window} 的窗口不会越过句子的边界。",
    table_note="显示 {shown} / {found}",
    window="窗口",
    back="退一步（左箭头）",
    forward="移到下一个中心词（右箭头）",
    play="自动移动（空格）",
    pause="停止（空格）",
    previous="上一句",
    next="下一句",
    previous_passage="本句的上一段",
    next_passage="本句的下一段",
    again="重新抽取",
    again_help="重新抽取哪些词被丢弃、每个窗口伸多远",
    center="中心词",
    reach="“{word}”向两侧各看 {reach} 个词（从 1 到 {window} 中抽取）：{pairs} 个词对",
    reach_one="“{word}”向两侧各看 1 个词（从 1 到 {window} 中抽取）：{pairs} 个词对",
    dropped="“{word}”这一次被丢弃；它的保留概率是 {keep}",
    stays="保留概率 {keep}",
    legend_center="中心词",
    legend_context="上下文词",
    legend_dropped="被下采样丢弃",
    zipf="词频分布（齐普夫定律）",
    subsampling="下采样保留什么",
    noise="噪声分布",
    lengths="句子长度",
    rank="词的排名",
    count="次数",
    probability="概率",
    length="每句词数",
    fitted="拟合直线",
    before="全部",
    after="保留",
    power="幂 {power}",
    words="词表",
    search="搜索",
    most="高频",
    least="低频",
    word="词",
    kept="保留",
    kept_help="每次出现在下采样后保留下来的概率",
    noise_column="噪声",
    noise_help="幂为 0.75 时，该词被抽为噪声的机会与它在文本中的占比之比",
    hover_rank="排名",
    hover_times="次",
    hover_sentences="句",
    hover_words="个词",
)
