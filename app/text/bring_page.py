"""Bringing a text of one's own, and taking one from the web, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class BringText:
    """The visible strings of the views that bring a text."""

    # Ways to look at the Corpus page
    view: str
    view_help: str
    views: Mapping[str, str]
    bring_option: str  # in the select box of corpora

    # Giving a text
    upload: str
    upload_help: str  # {limit_mb}
    upload_button: str
    upload_hint: str  # {limit_mb}
    paste: str
    paste_help: str
    use: str
    use_help: str
    pasted_title: str
    empty: str  # nothing given yet
    preview: str
    preview_note: str  # {min_count}

    # Options
    options: Mapping[str, str]  # option id -> label
    options_help: Mapping[str, str]
    choices: Mapping[str, Mapping[str, str]]  # option id -> choice -> label

    # Reading
    stages: Mapping[str, str]
    cancel: str
    megabytes: str  # {done} {total}
    about: str  # {encoding} {size}
    look_for: str

    # The web
    web_note: str
    web_row: str  # {language} {licence} {size}
    licences: Mapping[str, str]  # as the catalogue states them -> in the user's language
    languages: Mapping[str, str]
    download: str
    downloaded: str
    source_page: str

    problems: Mapping[str, str]
    notices: Mapping[str, str]


EN = BringText(
    view="What to look at",
    view_help="Look at the chosen text, bring one of your own, or take one from the web.",
    views={"look": "The text", "own": "Bring your own", "web": "From the web"},
    bring_option="Bring your own text …",
    upload="A file",
    upload_help="Plain text, Markdown, a table (.csv, .tsv), or a .gz or .zip of them; up to {limit_mb} MB of text.",
    upload_button="Choose a file",
    upload_hint="or drop it here: .txt .md .csv .tsv .gz .zip, up to {limit_mb} MB of text",
    paste="Or paste a text",
    paste_help="Press Ctrl+Enter to see how it will be read.",
    use="Use this text",
    use_help="Read all of it and choose it as the corpus. It stays in this session and is stored nowhere.",
    pasted_title="Pasted text",
    empty="Choose a file or paste a text, and its first sentences appear here as they will be trained on.",
    preview="The first sentences, as they will be trained on",
    preview_note="Words that occur fewer than {min_count} times in the whole text will be left out as well.",
    options={
        "min_count": "Minimum count",
        "punctuation": "Punctuation",
        "numbers": "Numbers",
        "segmentation": "Chinese",
        "encoding": "Encoding",
        "header": "First row",
        "column": "Column",
        "lower_case": "Lower case",
        "drop_stop_words": "Drop stop words",
    },
    options_help={
        "min_count": "Words that occur less often are left out: a few sightings teach a vector little.",
        "punctuation": "Whether marks, symbols and emoji are words of their own.",
        "numbers": "What becomes of numbers, dates and times written in digits.",
        "segmentation": "Chinese is written without spaces; word2vec needs words.",
        "encoding": "How the file's bytes stand for characters.",
        "header": "Whether the table's first row holds the names of its columns.",
        "column": "The column of the table that holds the text.",
        "lower_case": "Take “The” and “the” for one word.",
        "drop_stop_words": "Leave out function words such as “the”, “of” or “的”.",
    },
    choices={
        "punctuation": {"drop": "leave out", "keep": "keep as words"},
        "numbers": {"keep": "keep", "drop": "leave out", "replace": "one word for all"},
        "segmentation": {
            "auto": "cut if needed",
            "segment": "cut into words",
            "as_is": "take spaces as given",
        },
        "encoding": {"auto": "recognize"},
        "header": {"auto": "recognize", "yes": "names of columns", "no": "text"},
    },
    stages={
        "starting": "Starting",
        "waiting": "Waiting for other people's texts",
        "downloading": "Downloading",
        "reading": "Reading",
    },
    cancel="Cancel",
    megabytes="{done} of {total} MB",
    about="Your own text: {size}, {encoding}.",
    look_for="There are no known groups in it to color; look up words that you know.",
    web_note="Public texts, downloaded once from Project Gutenberg and other fixed addresses and then kept on the "
    "server's disk. Longer ones are taken up to {limit_mb} MB.",
    web_row="{language} · {size} · {licence}",
    languages={"en": "English", "zh": "Chinese"},
    licences={
        "CC BY-SA and GFDL (Wikipedia)": "CC BY-SA and GFDL",
        "no licence stated; in common use for teaching and research": "no license stated",
        "public domain in the USA (Project Gutenberg)": "public domain in the USA",
    },
    download="Download",
    downloaded="Open",
    source_page="About",
    problems={
        "empty_file": "{name} is empty.",
        "document_file": "{name} is a {format} file, not plain text. Save its text as .txt and bring that.",
        "unsupported_archive": "{name} is a {format} archive; only .gz and .zip can be opened.",
        "corrupt_gzip": "{name} is damaged or cut off, and cannot be unpacked.",
        "corrupt_zip": "{name} is damaged or cut off, and cannot be unpacked.",
        "encrypted_zip": "{name} is protected by a password.",
        "no_text_in_zip": "{name} holds no text files.",
        "too_big": "{name} holds more than {limit_mb} MB of text. For longer texts there is the command line: "
        "`python -m w2v_core train FILE --output vectors.txt`",
        "gzip_members": "{name} is packed in more than {most:,} parts. Unpack it and pack it anew.",
        "unpacked_too_big": "{name} unpacks to more than {limit_mb:,} MB. Unpack it and take the part that you need.",
        "many_files": "{name} holds more than {most:,} files. Join the texts into fewer files.",
        "zip_method": "{name} is packed in an unusual way. Pack it again with the usual method (deflate).",
        "many_columns": "{name} has more than {most:,} columns. Keep only those that hold text.",
        "many_words": "This text has more than {most:,} different words. Bring a part of it, or use the command line: "
        "`python -m w2v_core train FILE --output vectors.txt`",
        "no_column": "{name} has no column {column}. Its columns: {columns}.",
        "damaged_table": "{name} cannot be read as a table from line {line} on.",
        "library_missing": "This needs the library {library}: `pip install '{package}'`",
        "cancelled": "Stopped. The corpus is the same as before.",
        "unknown_web_corpus": "There is no such text in the list: {id}.",
        "offline": "{host} cannot be reached. Without the internet, everything else works.",
        "slow_server": "{host} did not answer in time. Try again later.",
        "cut_off": "The connection to {host} broke off. Try again.",
        "server_refused": "{host} refused (status {status}). Try again later.",
        "redirected_elsewhere": "{host} points to another address, {target}; nothing was downloaded.",
        "wrong_content": "What {host} sent is not {name} as it should be; nothing was kept.",
        "cannot_cache": "The downloaded text cannot be kept in {folder}: {reason}.",
    },
    notices={
        "encoding_guessed": "{name} is not UTF-8; it was read as {encoding}. If letters look wrong, choose another "
        "encoding.",
        "undecodable": "What is not valid {encoding} in {name} was left out (places: {count}).",
        "files_skipped": "Left out of {name}, as not text: {names} ({count} in all).",
        "cut_at_limit": "Only the first {limit_mb} MB of {name} were taken.",
        "gutenberg_stripped": "Project Gutenberg's license around {name} was left out.",
        "no_segmenter": "{name} holds {script} without spaces between its words; nothing here can cut it, so "
        "that whole phrases count as words.",
        "long_words": "“Words” of more than {longest} characters were left out ({count} in all); is this text at all?",
        "short_rows": "Rows of {name} that have no column {column} were left out ({count} in all).",
        "many_marks": "{name} has more than {most} combining marks in a row; the rest of them ({count} in all) were "
        "left out.",
        "more_notices": "There is more of this kind that is not shown (notices: {count}).",
    },
)

ZH = BringText(
    view="查看内容",
    view_help="查看所选文本、上传自己的文本，或从网上获取一份。",
    views={"look": "文本概览", "own": "上传文本", "web": "网络语料"},
    bring_option="使用自己的文本……",
    upload="文件",
    upload_help="纯文本、Markdown、表格（.csv、.tsv），或它们的 .gz、.zip 压缩包；文本最多 {limit_mb} MB。",
    upload_button="选择文件",
    upload_hint="或拖到这里：.txt .md .csv .tsv .gz .zip，文本最多 {limit_mb} MB",
    paste="或粘贴文本",
    paste_help="按 Ctrl+Enter 预览读取结果。",
    use="使用这份文本",
    use_help="读取全文并选为语料。它只保留在本次会话中，不会存到别处。",
    pasted_title="粘贴的文本",
    empty="选择文件或粘贴文本后，这里会显示用于训练的前几句。",
    preview="用于训练的前几句",
    preview_note="全文中出现不到 {min_count} 次的词也会被去掉。",
    options={
        "min_count": "最小词频",
        "punctuation": "标点",
        "numbers": "数字",
        "segmentation": "中文分词",
        "encoding": "编码",
        "header": "首行",
        "column": "列",
        "lower_case": "转为小写",
        "drop_stop_words": "去掉停用词",
    },
    options_help={
        "min_count": "出现次数更少的词会被去掉：只见过几次，学不出好的词向量。",
        "punctuation": "标点、符号和表情是否各算一个词。",
        "numbers": "如何处理用数字书写的数、日期和时间。",
        "segmentation": "中文的词之间没有空格，而 word2vec 需要词。",
        "encoding": "文件的字节如何对应到字符。",
        "header": "表格的首行是不是各列的名称。",
        "column": "表格中存放文本的那一列。",
        "lower_case": "把“The”和“the”看作同一个词。",
        "drop_stop_words": "去掉“the”“of”“的”这样的虚词。",
    },
    choices={
        "punctuation": {"drop": "去掉", "keep": "作为词保留"},
        "numbers": {"keep": "保留", "drop": "去掉", "replace": "统一成一个词"},
        "segmentation": {"auto": "需要时分词", "segment": "分词", "as_is": "按原有空格"},
        "encoding": {"auto": "自动识别"},
        "header": {"auto": "自动识别", "yes": "列名", "no": "正文"},
    },
    stages={
        "starting": "正在开始",
        "waiting": "正在等待其他人的文本读完",
        "downloading": "正在下载",
        "reading": "正在读取",
    },
    cancel="取消",
    megabytes="{done} / {total} MB",
    about="你自己的文本：{size}，{encoding}。",
    look_for="其中没有已知的类别可以着色；查一查你熟悉的词吧。",
    web_note="公开的文本：从古腾堡计划等固定地址下载一次，之后保存在服务器上。太长的只取前 {limit_mb} MB。",
    web_row="{language} · {size} · {licence}",
    languages={"en": "英文", "zh": "中文"},
    licences={
        "CC BY-SA and GFDL (Wikipedia)": "CC BY-SA 和 GFDL",
        "no licence stated; in common use for teaching and research": "未注明许可",
        "public domain in the USA (Project Gutenberg)": "在美国属公有领域",
    },
    download="下载",
    downloaded="打开",
    source_page="介绍",
    problems={
        "empty_file": "{name} 是空文件。",
        "document_file": "{name} 是 {format} 文件，不是纯文本。请把文字另存为 .txt 再上传。",
        "unsupported_archive": "{name} 是 {format} 压缩包；这里只能打开 .gz 和 .zip。",
        "corrupt_gzip": "{name} 已损坏或不完整，无法解压。",
        "corrupt_zip": "{name} 已损坏或不完整，无法解压。",
        "encrypted_zip": "{name} 有密码保护。",
        "no_text_in_zip": "{name} 里没有文本文件。",
        "too_big": "{name} 的文本超过 {limit_mb} MB。更长的文本请用命令行："
        "`python -m w2v_core train FILE --output vectors.txt`",
        "gzip_members": "{name} 由超过 {most:,} 段压缩数据组成。请解压后重新压缩。",
        "unpacked_too_big": "{name} 解压后超过 {limit_mb:,} MB。请先解压，只取需要的部分。",
        "many_files": "{name} 里的文件超过 {most:,} 个。请先把文本合并成少数几个文件。",
        "zip_method": "{name} 用了不常见的压缩方法。请改用通常的方法（deflate）重新压缩。",
        "many_columns": "{name} 的列数超过 {most:,}。请只保留存放文本的列。",
        "many_words": "这份文本有超过 {most:,} 个不同的词。请只取其中一部分，或用命令行："
        "`python -m w2v_core train FILE --output vectors.txt`",
        "no_column": "{name} 里没有 {column} 这一列。已有的列：{columns}。",
        "damaged_table": "{name} 从第 {line} 行起无法作为表格读取。",
        "library_missing": "需要安装 {library}：`pip install '{package}'`",
        "cancelled": "已停止，语料与之前相同。",
        "unknown_web_corpus": "列表里没有这份文本：{id}。",
        "offline": "无法连接 {host}。没有网络时，其他功能照常可用。",
        "slow_server": "{host} 没有及时响应，请稍后再试。",
        "cut_off": "与 {host} 的连接中断了，请再试一次。",
        "server_refused": "{host} 拒绝了请求（状态 {status}），请稍后再试。",
        "redirected_elsewhere": "{host} 转到了另一个地址 {target}，没有下载任何内容。",
        "wrong_content": "{host} 发来的内容与 {name} 不符，没有保留。",
        "cannot_cache": "下载的文本无法保存到 {folder}：{reason}。",
    },
    notices={
        "encoding_guessed": "{name} 不是 UTF-8，已按 {encoding} 读取。如果文字显示不对，请选择其他编码。",
        "undecodable": "{name} 中有 {count} 处不是有效的 {encoding}，已跳过。",
        "files_skipped": "{name} 中有 {count} 个文件不是文本，已跳过：{names}。",
        "cut_at_limit": "{name} 只取了前 {limit_mb} MB。",
        "gutenberg_stripped": "已去掉 {name} 前后的古腾堡计划许可文字。",
        "no_segmenter": "{name} 中的 {script} 文字没有空格分词，这里无法切分，整个短语会被当作一个词。",
        "long_words": "有 {count} 个“词”超过 {longest} 个字符，已跳过；这真的是文本吗？",
        "short_rows": "{name} 中有 {count} 行没有 {column} 这一列，已跳过。",
        "many_marks": "{name} 中有超过 {most} 个连续的组合符号，多出的 {count} 个已去掉。",
        "more_notices": "类似的提示还有 {count} 条，没有全部显示。",
    },
)
