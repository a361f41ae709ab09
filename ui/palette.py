"""The colours of Plotly figures, which cannot read the page's; all other figures take theirs from board.css."""
# Light → dark. A figure is made with the light colours; the browser swaps them in a dark page, without a rerun.
SWAP = {
    "#1d2327": "#e9ecec",           # ink
    "#667077": "#a3aeb3",           # quiet ink: labels, notes
    "#e4e0d7": "#2c363b",           # hairlines
    "#0b6e8a": "#5cc4de",           # accent
    "#d55e00": "#f0904a",           # what falls away (Okabe & Ito 2008)
}
INK, QUIET, HAIRLINE, ACCENT, CONTRAST = SWAP
