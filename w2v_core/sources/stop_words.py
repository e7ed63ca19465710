"""Function words: they hold sentences together and say little of what a text is about.

Written for this app. Short on purpose: a list that also drops words with a meaning of their own (as longer
lists do) takes away what there is to learn. The Chinese list has both simplified and traditional forms.
"""

_ENGLISH = """
a about above across after afterwards again against all almost along already also although always am
among an and another any anybody anyone anything anywhere are aren't around as at away be became because
become becomes been before behind being below beneath beside besides between beyond both but by can can't
cannot could couldn't did didn't do does doesn't doing don't done down during each either else enough etc
even ever every everybody everyone everything everywhere except few for from further had hadn't has
hasn't have haven't having he he'd he'll he's hence her here hers herself him himself his how however i
i'd i'll i'm i've if in indeed instead into is isn't it it's its itself just least less let's may maybe
me meanwhile might mine more moreover most mostly much must mustn't my myself neither never nevertheless
no nobody none nor not nothing now nowhere of off often on once only onto or other others otherwise ought
our ours ourselves out over own per perhaps quite rather really same shall she she'd she'll she's should
shouldn't since so some somebody somehow someone something sometimes somewhere still such than that
that's the their theirs them themselves then there there's therefore these they they'd they'll they're
they've this those though through throughout thus to together too toward towards under unless until up
upon us very via was wasn't we we'd we'll we're we've were weren't what what's whatever when whenever
where whereas wherever whether which while who who's whoever whole whom whose why will with within
without won't would wouldn't yet you you'd you'll you're you've your yours yourself yourselves
"""

_CHINESE = """
的 地 得 了 着 过 吗 呢 吧 啊 呀 哦 嘛 啦 么 之 乎 者 也 矣 焉 哉 兮 而 且 与
及 以及 和 跟 同 或 或者 还是 并 并且 而且 不但 不仅 但 但是 可是 然而 不过 只是
虽然 虽 尽管 即使 如果 若 假如 要是 只要 只有 除非 因为 因 由于 所以 因此 因而 于是
从而 为了 为 以 以便 把 被 让 使 给 叫 对 对于 关于 至于 向 往 朝 从 自 自从 由
到 在 于 当 按 按照 根据 通过 随着 除了 除 比 像 如 如同 似的 一样 我 你 您 他 她
它 我们 你们 他们 她们 它们 咱们 自己 人家 大家 这 那 这个 那个 这些 那些 这里 那里
这儿 那儿 这样 那样 这么 那么 此 其 该 各 每 某 谁 什么 怎么 怎样 哪 哪个 哪些 哪里
哪儿 多少 几 为什么 如何 是 不 没 没有 别 不是 就是 都 又 还 再 就 才 只 仅 很 太
最 更 非常 十分 挺 相当 已 已经 曾 曾经 正 正在 将 将要 会 能 可 可以 能够 应 应该
要 必须 一个 一些 一种 有些 所 所有 有的 等 等等 及其 之一 其中 其他 其它 另 另外
此外 然后 接着 而是 总是 常常 往往 也许 大概 可能 究竟 到底 甚至 尤其 例如 比如 即 则
乃 便 个 著 過 嗎 麼 與 並 並且 還是 雖然 雖 儘管 因為 由於 為了 為 讓 給 對 對於
關於 至於 從 自從 當 根據 通過 隨著 一樣 我們 你們 他們 她們 它們 咱們 這 這個 那個
這些 這裡 那裡 這裏 那裏 這兒 那兒 這樣 那樣 這麼 那麼 該 誰 什麼 甚麼 怎麼 怎樣 哪個
哪裡 哪兒 幾 為什麼 沒 沒有 別 還 僅 相當 已經 曾經 將 將要 會 應 應該 必須 一個
一種 總是 也許 則 個 裡 裏 們 不過 於是 於 其實
"""

ENGLISH = frozenset(_ENGLISH.split())
CHINESE = frozenset(_CHINESE.split())
