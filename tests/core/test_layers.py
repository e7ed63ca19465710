"""The data flows one way, and the core stands on its own."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

# Loaded when first used. So is charset_normalizer here, but SciPy loads it as well, through numpy.f2py.
SOURCES_EXTRA = {"certifi", "opencc", "platformdirs", "rjieba"}
CORE = Path(__file__).parents[2] / "w2v_core"


def imports(path: Path) -> set[str]:
    """Return the absolute names that a module imports."""
    package = ["w2v_core", *path.relative_to(CORE).parent.parts]
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            found.add(".".join([*base, node.module or ""]).rstrip("."))
    return found


@pytest.mark.parametrize(
    "path", sorted(CORE.rglob("*.py")), ids=lambda path: path.relative_to(CORE).as_posix()
)
def test_nobody_imports_what_comes_later(path):
    names = imports(path)
    other = {name.split(".")[0] for name in names} & {"app", "streamlit", "plotly", "pickle"}
    assert not other or (other == {"plotly"} and path.name == "sweep_page.py")
    room = path.relative_to(CORE).parts[0]
    if room == "sources":  # hands out a Corpus, and knows of nothing later
        assert not {name for name in names if "training" in name or "vectors" in name}
    if room in ("corpus", "training", "vectors"):
        assert not {name for name in names if "sources" in name}
    if room == "corpus":
        assert not {name for name in names if "training" in name or "vectors" in name}
    if room == "training" and path.name != "trainer.py":  # which hands out Embeddings, and nothing else
        assert not {name for name in names if "vectors" in name}
    if room in ("corpus", "training"):
        assert not {name for name in names if name.split(".")[0] in {"sklearn", "openTSNE"}}


def test_importing_the_core_loads_only_numpy_and_scipy():
    code = "import sys, w2v_core.sources, w2v_core.command_line; print(*{name.split('.')[0] for name in sys.modules})"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=CORE.parent
    ).stdout.split()
    assert not {
        "sklearn",
        "openTSNE",
        "re2",
        "pandas",
        "streamlit",
        "plotly",
        "gensim",
        "dask",
        "distributed",
        *SOURCES_EXTRA,
    } & set(loaded)


ALONE = """
import sys

FORBIDDEN = {"_thread.start_new_thread", "os.fork", "os.posix_spawn", "subprocess.Popen"}
ALLOWED = {*sys.stdlib_module_names, "numpy", "scipy", "w2v_core"}

def refuse(event, arguments):
    if event in FORBIDDEN:
        raise RuntimeError(event)
    package = arguments[0].partition(".")[0] if event == "import" else "sys"
    if package not in ALLOWED and not package.startswith("_sysconfigdata"):
        raise ImportError(f"{arguments[0]} is not there")

sys.addaudithook(refuse)
from w2v_core import Corpus, Trainer, TrainingConfig
from w2v_core.diagnostics import Probe, floor, measure
from w2v_core.sources import TextOptions, read

corpus = Corpus.from_text("the king rules the land . the queen rules the land . " * 9)
for objective in ("softmax", "negative_sampling", "hierarchical_softmax", "softmax_with_negatives"):
    config = TrainingConfig(objective=objective, dim=4, epochs=2)
    trainer = Trainer(corpus, config)
    trainer.train().neighbors("king")
    probe = Probe.from_corpus(corpus, config)
    floor(probe, config), measure(probe, trainer.W, trainer.U, trainer.objective)
read(b"a king and a queen\\n" * 9, TextOptions(), name="a.txt")
print("done")
"""


def test_the_core_trains_without_threads_processes_or_anything_compiled_but_numpy_and_scipy():
    done = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, cwd=CORE.parent)
    assert done.stdout == "done\n", done.stderr
