# SPDX-License-Identifier: GPL-3.0-or-later
"""Asks tl-spf-suite, and gets at what fetch-spf.sh fetched."""

import collections
import pathlib
import subprocess
import sys

here = pathlib.Path(__file__).resolve().parent
Answer = collections.namedtuple('Answer', 'result lookups voids rounds explanation why')
Question = collections.namedtuple('Question', 'ip sender helo')


def fetch(folder):
    """Why the sources cannot be had, or None once they are in the folder."""
    done = subprocess.run([str(here / 'fetch-spf.sh'), folder], capture_output=True, text=True)
    return (done.stdout or done.stderr or 'no reason given').strip() if done.returncode else None


def skip(reason):
    print(f'1..0 # SKIP {reason}')
    sys.exit(0)


def escaped(text):
    """Text, or bytes, for g_strcompress()."""
    octets = text.encode('utf-8') if isinstance(text, str) else text
    return ''.join(chr(octet) if 0x20 <= octet <= 0x7e and octet != 0x5c else f'\\{octet:03o}' for octet in octets)


def zone_lines(zone):
    """Of {name: [(type, value)]}, as tl-spf-zone.h has it; a value is bytes for TXT, (number, host) for MX."""
    for name, records in zone.items():
        owner = escaped(name).replace(' ', '\\040')
        for kind, value in records:
            if kind == 'MX':
                value = f"{value[0]} {value[1] or '.'}"
            yield f'{owner} {kind} {escaped(value)}' if kind == 'TXT' or value else f'{owner} {kind}'


def domain_of(question):
    return question.sender.rpartition('@')[2] if question.sender else question.helo


def ask(program, scenarios):
    """Answers for [(zone, [question])], in order."""
    lines = []
    for zone, questions in scenarios:
        lines.append('zone')
        lines += [f'rr\t{line}' for line in zone_lines(zone)]
        lines += ['\t'.join(['case', question.ip, escaped(domain_of(question)), escaped(question.sender),
                             escaped(question.helo)]) for question in questions]
    done = subprocess.run([program], input='\n'.join(lines) + '\n', capture_output=True, text=True, check=True)
    answers = []
    for line in done.stdout.splitlines():
        result, lookups, voids, rounds, explanation, why = line.split('\t')
        answers.append(Answer(result, int(lookups), int(voids), int(rounds), explanation, why))
    return answers
