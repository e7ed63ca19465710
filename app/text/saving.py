"""Saving and opening, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class SavingText:
    """The visible strings of the menu that saves and opens."""

    menu: str
    vectors_note: str
    formats: Mapping[str, str]
    tables: Mapping[str, str]
    run_note: str
    save_run: str
    save_run_help: str
    open_run: str
    open_run_help: str
    open_button: str
    open_hint: str
    opening: str  # {done} {total}
    opened: str
    own_about: str  # of a text of one's own that came with a saved run
    problems: Mapping[str, str]


EN = SavingText(
    menu="Files",
    vectors_note="The vectors as they are when you press. The Embedding Projector's two tables come in one zip.",
    formats={
        "word2vec_text": "word2vec text",
        "word2vec_binary": "word2vec binary",
        "npz": "NumPy",
        "projector": "Projector",
    },
    tables={"neighbors": "Neighbors (CSV)", "coordinates": "Coordinates (CSV)"},
    run_note="All of it, to go on with another day.",
    save_run="Save this run",
    save_run_help="One file with the settings, the vectors, the loss curve and the timeline; of your own text it keeps "
    "words in their order, so treat it as you would the text.",
    open_run="Open a run",
    open_run_help="A file that “Save this run” made. It takes the place of the present run, and training goes on "
    "exactly where it was.",
    open_button="Choose a file",
    open_hint="or drop it here: .w2vlab",
    opening="Opening · {done} of {total} MB",
    opened="The run is open; press Play to go on.",
    own_about="Your own text, from a saved run.",
    problems={
        "checkpoint_unknown_corpus": "{name} was trained on a sample corpus that this version does not have.",
        "run_too_big": "{words:,} words in {dim} dimensions would take about {needed_mb:,} MB of memory; this server "
        "gives {limit_mb:,} MB to a run. Choose fewer dimensions or a higher minimum count, or train on a machine of "
        "your own: python -m w2v_core train.",
        "no_room_for_run": "This run would take about {needed_mb:,} MB of memory, and the server has no more beside "
        "the runs of others. Choose fewer dimensions, try again later, or train on a machine of your own: "
        "python -m w2v_core train.",
    },
)

ZH = SavingText(
    menu="文件",
    vectors_note="词向量，以按下按钮时为准。Embedding Projector 的两张表打包成一个 zip。",
    formats={
        "word2vec_text": "word2vec 文本",
        "word2vec_binary": "word2vec 二进制",
        "npz": "NumPy 格式",
        "projector": "Projector 表格",
    },
    tables={"neighbors": "近邻表（CSV）", "coordinates": "坐标表（CSV）"},
    run_note="整个训练，改天可以接着来。",
    save_run="保存这次训练",
    save_run_help="一个文件，包含设置、词向量、损失曲线和时间线；如果用的是自己的文本，"
    "文件里还有按原顺序排列的词，请像对待原文一样保管。",
    open_run="打开保存的训练",
    open_run_help="由“保存这次训练”得到的文件。它会取代当前的训练，并从中断处原样继续。",
    open_button="选择文件",
    open_hint="或拖到这里：.w2vlab",
    opening="正在打开 · {done} / {total} MB",
    opened="已打开，按“开始”继续训练。",
    own_about="自己的文本，来自保存的训练。",
    problems={
        "checkpoint_unknown_corpus": "{name} 所用的示例语料在这个版本里没有。",
        "run_too_big": "{words:,} 个词、{dim} 维的训练大约需要 {needed_mb:,} MB 内存，"
        "而本服务器给每个训练 {limit_mb:,} MB。请减小维数或提高最低词频，"
        "或在自己的电脑上用命令行训练：python -m w2v_core train。",
        "no_room_for_run": "这次训练大约需要 {needed_mb:,} MB 内存，服务器在其他人的训练之外放不下了。"
        "请减小维数、稍后再试，或在自己的电脑上用命令行训练：python -m w2v_core train。",
    },
)
