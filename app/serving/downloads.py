"""Files that are made for a download stay until the browser has had time to fetch them.

Streamlit makes such a file when its button is pressed, and lets go of it when the second script run after that ends,
whoever's run it is. In a class that is sooner than the browser asks for it: the download fails.
"""

from __future__ import annotations

from collections.abc import Callable

from streamlit.runtime.media_file_manager import MediaFileManager

KEPT_SECONDS = 5.0  # at least; at most twice as long


def keep(files: MediaFileManager) -> Callable[[], None]:
    """Let script runs remove no files; return what does: call it every `KEPT_SECONDS`."""
    remove = files.remove_orphaned_files
    vars(files)["remove_orphaned_files"] = lambda: None
    return remove
