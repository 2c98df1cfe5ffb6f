# SPDX-License-Identifier: GPL-3.0-or-later
"""What the checks of twolanectl share: claims as TAP, a home of its own, a person at a terminal."""

import json
import os
import pathlib
import pty
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import termios
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'support'))
import schemas  # noqa: E402

program, schema_folder = sys.argv[1:3]
folder = pathlib.Path(tempfile.mkdtemp(prefix='twolane-cli.'))
runtime = folder / 'run'
runtime.mkdir(mode=0o700)
environment = dict(os.environ, HOME=str(folder), XDG_RUNTIME_DIR=str(runtime), LC_ALL='C.UTF-8',
                   XDG_CONFIG_HOME=str(folder / 'config'), XDG_DATA_HOME=str(folder / 'data'),
                   DBUS_SESSION_BUS_ADDRESS='unix:path=/nonexistent')
for name in ('DISPLAY', 'WAYLAND_DISPLAY'):
    environment.pop(name, None)
results = []
shows_typing = []  # after each run on a terminal, whether that shows again what is typed


def claim(name, holds, why=''):
    results.append(bool(holds))
    print(f'{"ok" if holds else "not ok"} {len(results)} - {name}', flush=True)
    if not holds:
        for line in str(why)[:1500].splitlines():
            print(f'# {line}')


def run(*words, **more):
    done = subprocess.run([program, *words], capture_output=True, text=True, env=environment,
                          stdin=subprocess.DEVNULL, timeout=60, **more)
    return done


def follows(name, text, schema):
    try:
        why = schemas.complaint(schema_folder, schema, json.loads(text))
    except json.JSONDecodeError as error:
        why = f'{error}: {text[:200]}'
    claim(name, not why, why)


def type_at(words, answers, seconds=60, output=None, prefix=()):
    """Runs the program on a terminal of its own; answers each prompt in turn, with text or a signal.

    A prompt is part of the line that waits; one that ends a line may be any since the last answer.
    So many seconds are for a computer that has other things to do.
    """
    line = [*prefix, program, *words]
    pid, terminal = pty.fork()
    if pid == 0:
        if output:
            os.dup2(os.open(output, os.O_WRONLY | os.O_CREAT, 0o600), 1)
        os.execvpe(line[0], line, environment)
    shown = b''
    since = 0
    waiting = list(answers)
    end = time.monotonic() + seconds
    os.set_blocking(terminal, False)
    while time.monotonic() < end:
        try:
            chunk = os.read(terminal, 4096)
            if not chunk:
                break
            shown += chunk
        except BlockingIOError:
            time.sleep(0.02)
        except OSError:
            break
        prompt = waiting[0][0].encode() if waiting else None
        if waiting and prompt.rstrip(b'\n') in (shown[since:] if prompt.endswith(b'\n')
                                               else shown.rsplit(b'\n', 1)[-1]):
            answer = waiting.pop(0)[1]
            since = len(shown)
            if isinstance(answer, signal.Signals):
                os.kill(pid, answer)
            else:
                os.write(terminal, answer.encode())
    # The other end is gone, its settings are not.
    shows_typing.append(bool(termios.tcgetattr(terminal)[3] & termios.ECHO))
    os.close(terminal)
    _, status = os.waitpid(pid, 0)
    return shown.decode(errors='replace'), os.waitstatus_to_exitcode(status), waiting


def steers(shown):
    """Whether anything but text and line ends is for the terminal."""
    return re.search('[\0-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f]', shown)


def finish():
    """The end of the document, and of what was written beside it; the status of the check."""
    shutil.rmtree(folder, ignore_errors=True)
    print(f'1..{len(results)}')
    return 0 if all(results) and results else 1
