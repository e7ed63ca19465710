"""Links to what is shown, in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class SharingText:
    """The visible strings about links."""

    copy_link: str
    copied: str
    not_in_link: str
    own_gone: str
    refused: str  # {values}
    unworkable: str  # {problem}


EN = SharingText(
    copy_link="Copy a link to this view",
    copied="Copied.",
    not_in_link="Texts and vectors of your own are not part of the link.",
    own_gone="This link was made with a text that somebody brought. Such a text is in no link, and gone when its page "
    "is loaded anew: bring it again.",
    refused="The link asks for {values}, which cannot be; the usual values are taken instead.",
    unworkable="The link's settings cannot work together; those that suit the text are taken. {problem}",
)

ZH = SharingText(
    copy_link="复制当前视图的链接",
    copied="已复制。",
    not_in_link="链接不包含你自己的文本和词向量。",
    own_gone="此链接所用的文本是自行导入的。这类文本不包含在链接中，页面重新加载后也不再保留；请重新导入。",
    refused="链接中的 {values} 无法使用，已改用默认值。",
    unworkable="链接中的设置无法同时使用，已改用适合该语料的设置。{problem}",
)
