"""The Lookup page in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class LookupText:
    """The visible strings of the Lookup page."""

    title: str
    heading: str

    # Which vectors are asked
    vectors: str
    vectors_help: str
    run_option: str  # {corpus}
    file_option: str
    about_sample: str
    about_run: str
    about_file: str  # {limit_mb}
    upload: str
    upload_hint: str  # {limit_mb}
    reading: str  # {done} {total}
    what: str  # {name} {words} {dim}
    no_file: str
    no_vectors: str
    states: Mapping[str, str]
    forming: str  # {share}
    training: str  # {share}
    stopped: str  # {share}
    verbs: Mapping[str, str]

    # Answers
    search: str
    k: str
    k_help: str
    metric: str
    save: str
    save_help: str
    rank: str  # {rank}
    place: str  # {rank}
    axis: str  # {metric} {words}
    heights: str
    hill_hover: str  # {count}
    near_alt: str  # {word} {near}
    between_alt: str
    between: str
    remove: str
    add: str  # {word}
    hill: str
    shared: str
    begin: str
    go_on: str
    did_you_mean: str  # {word}
    unknown: str  # {word}
    metrics: Mapping[str, str]
    metrics_help: Mapping[str, str]
    problems: Mapping[str, str]


EN = LookupText(
    title="Lookup",
    heading="Look words up",
    vectors="Vectors",
    vectors_help="Whose neighbors are listed: those of your own run, of a sample text, or of a file.",
    run_option="Your run: {corpus}",
    file_option="A file of vectors …",
    about_sample="Trained on first use with the settings that suit the text, once for everybody.",
    about_run="The vectors of the Train page as they are now, also while it trains.",
    about_file="word2vec text or binary, GloVe, or .npz; also packed as .gz; up to {limit_mb} MB. The file stays in this "
    "session and is stored nowhere.",
    upload="A file of vectors",
    upload_hint="or drop it here: .txt .vec .bin .npz .gz, up to {limit_mb} MB",
    reading="Reading · {done} of {total} MB",
    what="{name} · {words} words × {dim} dimensions",
    no_file="Choose a file of vectors on the left.",
    no_vectors="There are no vectors yet: change the settings on the Train page.",
    states={
        "random": "not trained yet: these neighbors are random",
        "trained": "trained",
    },
    forming="{share} trained: still next to random, the answers come soon",
    training="{share} trained; the answers get better",
    stopped="stopped with {share} trained",
    verbs={"stop": "Stop", "go_on": "Train on", "train": "Train now"},
    search="A word, or several with spaces or commas",
    k="Neighbors",
    k_help="How many neighbors are listed for each word, 1 to 100",
    metric="What near means",
    save="CSV",
    save_help="Save these neighbors as a table",
    rank="no. {rank} by frequency",
    place="no. {rank} in the file",
    heights="Words",
    hill_hover="{count} words",
    near_alt="The nearest neighbors of {word}: {near}",
    between_alt="How near the words are to each other",
    between="With each other",
    remove="Remove this word",
    add="Compare with {word} as well",
    hill="The hill counts all words by how near they are (heights are square roots); the listed ones are blue. Click a word "
    "to look it up, + to compare it.",
    shared="● stands in more than one list.",
    axis="{metric} of all {words} words",
    begin="Try",
    go_on="Go on with",
    did_you_mean="“{word}” is not in the vocabulary. Spelt like it:",
    unknown="“{word}” is not in the vocabulary, nor any word spelt like it.",
    metrics={"cosine": "Cosine", "dot": "Dot product", "euclidean": "Distance"},
    metrics_help={
        "cosine": "The angle alone: from −1 to 1, high is near",
        "dot": "Angle and lengths; high is near. Frequent words have long vectors",
        "euclidean": "Euclidean distance: low is near",
    },
    problems={
        "wrong_format": "{name} should be {expected}, but what is in it looks like {found}.",
        "unknown_format": "{name} is in no format that can be read here.",
        "pickle_refused": "{name} holds Python objects, which are never loaded: they could run any code. Save the vectors "
        "in the word2vec format.",
        "metadata_missing": "{name} holds numbers only; the words are in a second file. Bring vectors with their words.",
        "bad_header": "The first line of {name} should give the number of words and of dimensions, not {header}.",
        "no_vectors": "{name} holds no vectors.",
        "too_few_rows": "{name} promises {promised} words but ends after {found}: it may be cut off.",
        "too_many_rows": "{name} promises {promised} words, but line {line} is one more.",
        "wrong_columns": "{name}, line {line}: {found} numbers where there should be {expected}.",
        "not_a_number": "{name}, line {line}: {text} is not a number.",
        "unfinished_line": "The last line of {name} ({line}) has no line end, so the file may be cut off there. If it is "
        "whole, end it with a line break.",
        "line_too_long": "Line {line} of {name} goes on for millions of bytes; this is no text of vectors.",
        "cut_off": "{name} promises {promised} words but ends after {found} whole ones: it is cut off.",
        "trailing_bytes": "{name} promises {promised} words, but there is more after the last.",
        "corrupt_npz": "{name} is damaged or cut off.",
        "npz_array": "{name}: the array {array} has the wrong type, shape or values.",
        "npz_missing": "{name} has no array {array}; is it an archive of vectors?",
        "bad_word_line": "{name}, line {line}: there is no word before the numbers.",
        "bad_word_row": "{name}, row {row}: there is no word, or no end to it.",
        "long_word_line": "{name}, line {line}: the word has more than {most:,} bytes. No word is so long; take that line out.",
        "long_word_row": "{name}, row {row}: the word has more than {most:,} bytes. No word is so long; take it out.",
        "bad_value_line": "{name}, line {line}: {value:g} cannot be a coordinate of a vector.",
        "bad_value_row": "{name}, row {row}: {value:g} cannot be a coordinate of a vector.",
        "duplicate_word_line": "{name}, line {line}: the word {word} has a vector already.",
        "duplicate_word_row": "{name}, row {row}: the word {word} has a vector already.",
        "not_utf8_line": "{name}, line {line}: the word is not in UTF-8.",
        "not_utf8_row": "{name}, row {row}: the word is not in UTF-8.",
        "too_many_vectors": "{name} has more than {most:,} words. Keep the most frequent ones.",
        "too_many_dimensions": "{name} has {dim:,} numbers for each word. Take vectors of at most {most:,} dimensions.",
        "vectors_too_big": "{name} holds more vectors than fit into {limit_mb:,} MB of memory. Keep the most frequent words, or "
        "look words up on the command line: python -m w2v_core neighbors FILE WORD.",
        "vectors_beyond_memory": "{name} does not fit into the memory that is left. Keep the most frequent words.",
        "no_room": "{name} does not fit into the server's memory beside the vectors that others have open there. Try again "
        "later, or take a smaller file.",
    },
)

ZH = LookupText(
    title="查词",
    heading="查一查近邻词",
    vectors="词向量",
    vectors_help="查询谁的近邻：自己训练的、示例语料的，还是文件里的词向量。",
    run_option="我的训练：{corpus}",
    file_option="词向量文件……",
    about_sample="首次使用时按适合该语料的设置训练，所有人共用一份。",
    about_run="“训练”页面当前的词向量；训练中也可以查。",
    about_file="word2vec 文本或二进制、GloVe、.npz，也可以是 .gz 压缩文件，最大 {limit_mb} MB。文件只留在本次会话中，不会保存。",
    upload="词向量文件",
    upload_hint="或拖到这里：.txt .vec .bin .npz .gz，最大 {limit_mb} MB",
    reading="正在读取 · {done} / {total} MB",
    what="{name} · {words} 个词 × {dim} 维",
    no_file="请在左侧选择一个词向量文件。",
    no_vectors="还没有词向量：请修改“训练”页面的设置。",
    states={
        "random": "尚未训练，近邻是随机的",
        "trained": "训练完成",
    },
    forming="已训练 {share}：近邻仍近乎随机，请稍候",
    training="已训练 {share}，结果会越来越好",
    stopped="已停止，训练了 {share}",
    verbs={"stop": "停止", "go_on": "继续训练", "train": "现在训练"},
    search="输入一个词，或用空格、逗号隔开的几个词",
    k="近邻数",
    k_help="每个词列出多少个近邻，1 到 100",
    metric="用什么衡量远近",
    save="导出 CSV",
    save_help="把这些近邻保存为表格",
    rank="词频第 {rank}",
    place="文件中第 {rank} 个",
    heights="词数",
    hill_hover="{count} 个词",
    near_alt="{word} 的近邻：{near}",
    between_alt="这些词两两之间的远近",
    between="两两比较",
    remove="去掉这个词",
    add="同时比较 {word}",
    hill="小山表示所有词的远近分布（高度取平方根），蓝色部分是列出的词。点一个词可以查它，点 + 可以一起比较。",
    shared="● 表示出现在不止一个列表中。",
    axis="全部 {words} 个词的{metric}",
    begin="试试",
    go_on="接着输入",
    did_you_mean="词表中没有“{word}”。拼写相近的词：",
    unknown="词表中没有“{word}”，也没有拼写相近的词。",
    metrics={"cosine": "余弦", "dot": "内积", "euclidean": "欧氏距离"},
    metrics_help={
        "cosine": "只看夹角：从 −1 到 1，越大越近",
        "dot": "夹角和长度都算，越大越近。高频词的向量较长",
        "euclidean": "欧氏距离：越小越近",
    },
    problems={
        "wrong_format": "{name} 应为 {expected}，但内容看起来是 {found}。",
        "unknown_format": "无法识别 {name} 的格式。",
        "pickle_refused": "{name} 含有 Python 对象，它们可能执行任意代码，因此从不加载。请将词向量另存为 word2vec 格式。",
        "metadata_missing": "{name} 里只有数字，词在另一个文件中。请提供带有词的词向量文件。",
        "bad_header": "{name} 的第一行应给出词数和维数，而不是 {header}。",
        "no_vectors": "{name} 里没有词向量。",
        "too_few_rows": "{name} 声称有 {promised} 个词，但只有 {found} 个，文件可能不完整。",
        "too_many_rows": "{name} 声称有 {promised} 个词，但第 {line} 行是多出来的。",
        "wrong_columns": "{name} 第 {line} 行有 {found} 个数，应为 {expected} 个。",
        "not_a_number": "{name} 第 {line} 行：{text} 不是数。",
        "unfinished_line": "{name} 的最后一行（第 {line} 行）没有换行符，文件可能不完整。如果完整，请在末尾加一个换行。",
        "line_too_long": "{name} 第 {line} 行长达数百万字节，不是词向量文本。",
        "cut_off": "{name} 声称有 {promised} 个词，但只有 {found} 个完整的，文件不完整。",
        "trailing_bytes": "{name} 声称有 {promised} 个词，但最后一个词之后还有内容。",
        "corrupt_npz": "{name} 已损坏或不完整。",
        "npz_array": "{name}：数组 {array} 的类型、形状或数值不对。",
        "npz_missing": "{name} 中没有数组 {array}；它是词向量文件吗？",
        "bad_word_line": "{name} 第 {line} 行：数字前面没有词。",
        "bad_word_row": "{name} 第 {row} 个词：没有词，或词没有结尾。",
        "long_word_line": "{name} 第 {line} 行：词超过 {most:,} 字节，不可能有这么长的词，请去掉这一行。",
        "long_word_row": "{name} 第 {row} 个词超过 {most:,} 字节，不可能有这么长的词，请去掉它。",
        "bad_value_line": "{name} 第 {line} 行：{value:g} 不可能是词向量的分量。",
        "bad_value_row": "{name} 第 {row} 个词：{value:g} 不可能是词向量的分量。",
        "duplicate_word_line": "{name} 第 {line} 行：{word} 已经有词向量了。",
        "duplicate_word_row": "{name} 第 {row} 个词：{word} 已经有词向量了。",
        "not_utf8_line": "{name} 第 {line} 行：词不是 UTF-8 编码。",
        "not_utf8_row": "{name} 第 {row} 个词：词不是 UTF-8 编码。",
        "too_many_vectors": "{name} 中的词超过 {most:,} 个，请只保留最常用的词。",
        "too_many_dimensions": "{name} 中每个词有 {dim:,} 个数，请使用不超过 {most:,} 维的词向量。",
        "vectors_too_big": "{name} 中的词向量太多，{limit_mb:,} MB 内存放不下。请只保留最常用的词，"
        "或在命令行中查词：python -m w2v_core neighbors 文件 词。",
        "vectors_beyond_memory": "剩余内存放不下 {name}，请只保留最常用的词。",
        "no_room": "服务器内存里已有其他人打开的词向量，{name} 放不下了。请稍后再试，或换一个小一些的文件。",
    },
)
