"""What every Plotly figure here has in common: quiet axes, no background, the language's decimal sign."""
from ui.i18n import Text
from ui.palette import INK, QUIET

NOTHING = "rgba(0,0,0,0)"


def layout(t: Text, **more) -> dict:
    """The layout that all figures share, with what one of them adds."""
    return dict(autosize=True, margin=dict(l=8, r=12, t=8, b=8), paper_bgcolor=NOTHING, font=dict(color=INK, size=12),
                separators=",." if t.language == "es" else ".,", hoverlabel=dict(font=dict(size=13))) | more


def axis(title: str, **more) -> dict:
    """An axis with a quiet title."""
    return dict(automargin=True, zeroline=False, title=dict(text=title, font=dict(color=QUIET, size=12))) | more
