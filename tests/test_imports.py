"""The engine knows no screen: a fresh interpreter that imports all of it has loaded neither Streamlit nor Plotly."""
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
MODULES = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in sorted((ROOT / "engine").rglob("*.py")) if path.stem != "__main__"]


def test_the_engine_imports_without_a_screen():
    code = (f"import importlib, sys\nfor name in {MODULES!r}: importlib.import_module(name)\n"
            "loaded = {name.split('.')[0] for name in sys.modules}\n"
            "sys.exit(' '.join(loaded & {'streamlit', 'plotly', 'ui', 'pages'}) or 0)")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
