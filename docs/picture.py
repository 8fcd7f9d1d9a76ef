"""Draws what a command prints on a terminal, colours included, as an SVG. README's picture is made at the root by

    go build && python3 docs/picture.py ask "Do China and Russia trust each other?" >docs/ask.svg

It needs Linux or macOS and Python's standard library. A style that amur does not use is an error rather than left out.
"""

import fcntl
import html
import os
import pty
import re
import struct
import subprocess
import sys
import termios

COLUMNS = 92
WIDTH, LINE, MARGIN = 8.43, 19, 20  # of a character of 14 pixels, in pixels; wide enough for every font named below
CLASSES = {"1": "bold", "2": "dim", "36": "cyan"}

STYLE = """
    text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #1f2328; white-space: pre; }
    rect { fill: #f6f8fa; stroke: #d1d9e0; }
    .bold { font-weight: 700; }
    .dim { fill: #59636e; }
    .cyan { fill: #0e6a72; }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3; }
      rect { fill: #0d1117; stroke: #3d444d; }
      .dim { fill: #9198a1; }
      .cyan { fill: #56d4dd; }
    }
"""


def on_terminal(command):
    """Runs the command with a terminal as its output and returns what it printed there."""
    here, there = pty.openpty()
    fcntl.ioctl(there, termios.TIOCSWINSZ, struct.pack("HHHH", 60, COLUMNS, 0, 0))
    env = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | {"TERM": "xterm-256color"}
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=there, env=env)
    os.close(there)
    out = b""
    try:
        while block := os.read(here, 1 << 16):
            out += block
    except OSError:  # Linux: the other end is closed
        pass
    if process.wait() not in (0, 3):  # 3: a refusal
        sys.exit(f"{command}: exit status {process.returncode}")
    return out.decode().replace("\r\n", "\n")


def spans(line):
    """Turns the escape sequences of a line into tspan elements."""
    out, style = "", ""
    for part in re.split(r"(\x1b\[[0-9;]*m)", line):
        if part.startswith("\x1b"):
            code = part[2:-1]
            style = "" if code in ("", "0") else CLASSES[code]
        elif "\x1b" in part:
            sys.exit(f"an escape sequence that is no style: {part!r}")
        elif part:
            text = html.escape(part, quote=False)
            out += f'<tspan class="{style}">{text}</tspan>' if style else text
    return out


def main():
    arguments = sys.argv[1:]
    shown = "$ amur " + " ".join(a if re.fullmatch(r"[\w.#/-]+", a) else f'"{a}"' for a in arguments)
    lines = [shown, "", *on_terminal(["./amur", *arguments]).rstrip("\n").split("\n")]
    width = round(COLUMNS * WIDTH) + 2 * MARGIN
    height = len(lines) * LINE + 2 * MARGIN
    print(f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img">')
    print(f"  <title>{html.escape(shown, quote=False)}</title>")
    print(f"  <style>{STYLE}  </style>")
    print(f'  <rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="8"/>')
    for i, line in enumerate(lines):
        if line:
            print(f'  <text x="{MARGIN}" y="{MARGIN + 14 + i * LINE}" xml:space="preserve">{spans(line)}</text>')
    print("</svg>")


if __name__ == "__main__":
    main()
