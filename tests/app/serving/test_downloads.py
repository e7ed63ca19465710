import pytest
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from app.serving import downloads


@pytest.fixture
def files():
    return MediaFileManager(MemoryMediaFileStorage("/media"))


def made(files):
    """Press a download button; return the id of the file that the browser is told to fetch."""
    button = files.add_deferred(lambda: b"vectors", "text/plain", "1.2", "vectors.txt")
    return files.execute_deferred(button).rpartition("/")[2].partition(".")[0]


def end_script_runs(files, count):
    for _ in range(count):
        files.remove_orphaned_files()


def test_by_itself_streamlit_forgets_a_made_file_after_two_script_runs(files):
    file = made(files)
    end_script_runs(files, 2)
    assert files.read_file(file) is None  # where this fails, `downloads` is no longer needed


def test_a_made_file_outlasts_the_script_runs_of_a_class(files):
    remove = downloads.keep(files)
    file = made(files)
    end_script_runs(files, 100)
    remove()
    assert files.read_file(file).content == b"vectors"
    remove()
    assert files.read_file(file) is None
