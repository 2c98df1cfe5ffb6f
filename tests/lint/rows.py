#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every row of the fault matrix has a place where it is shown, or a reason why not; as TAP.

usage: rows.py SOURCE-DIR BUILD-DIR

tests/rows.txt says which. Places, with blanks between:
  /PATH       the path of a test case, or how some begin
  lab:ROW     a claim of the lab that carries the row
  FILE:WORD   that word in that file below tests/, for programs that need a display or a lab to say what they test
"""

import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

source = pathlib.Path(sys.argv[1]).resolve()
build = pathlib.Path(sys.argv[2]).resolve()
tests = source / 'tests'

# How far the rows of each letter go. Letters of later work join when it is there.
LETTERS = {'N': (2, 18), 'T': (2, 27), 'S': (2, 20), 'X': (2, 24), 'A': (2, 14), 'O': (2, 20), 'K': (2, 10),
           'B': (2, 14), 'F': (2, 12), 'P': (1, 18)}


def read_rows():
    """By id: the words, the places, and why there is none or not more."""
    rows = {}
    problems = []
    for number, line in enumerate((tests / 'rows.txt').read_text().splitlines(), 1):
        if not line or line.startswith('#'):
            continue
        fields = [field.strip() for field in line.split('|')]
        if len(fields) != 4 or not fields[1]:
            problems.append(f'line {number}: four fields, please')
            continue
        row, words, places, why = fields
        if row in rows:
            problems.append(f'line {number}: {row} again')
        if not places and not why:
            problems.append(f'line {number}: {row} has no place and no reason')
        rows[row] = (places.split(), why)
    wanted = [f'{letter}{number:0{digits}}' for letter, (digits, last) in LETTERS.items()
              for number in range(1, last + 1)]
    if list(rows) != wanted:
        problems += [f'missing, unknown or not in order: {row}' for row in sorted(set(wanted) ^ set(rows))] or ['order']
    return rows, problems


def list_cases(program):
    environment = dict(os.environ, G_TEST_SRCDIR=str(tests), G_TEST_BUILDDIR=str(build / 'tests'),
                       ASAN_OPTIONS='detect_leaks=0')
    done = subprocess.run([program, '-l'], capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL,
                          env=environment)
    return [line for line in done.stdout.splitlines() if line.startswith('/')]


def all_cases():
    """Of every program that can be asked without a display."""
    programs = [path for path in (build / 'tests').rglob('*-test-*')
                if path.is_file() and os.access(path, os.X_OK) and not path.name.startswith('ui-')]
    with concurrent.futures.ThreadPoolExecutor() as pool:
        return sorted(case for cases in pool.map(list_cases, programs) for case in cases)


def all_lab_rows():
    """What the scripts of the lab and what they expect say in front of a claim."""
    paths = [path for path in (tests / 'lab').rglob('*')
             if path.is_file() and (path.name.startswith('check-') or path.suffix == '.ini')]
    text = '\n'.join(path.read_text() for path in paths)
    found = re.findall(r"^shows = ([A-Z0-9, ]+): |/lab/([A-Z][0-9]+)/|claim\(f?'([A-Z][0-9]+): ", text, re.M)
    return {row for rows in found for words in rows for row in re.split('[, ]+', words) if row}


def is_there(place, cases, lab_rows):
    if place.startswith('/'):
        return any(case.startswith(place) for case in cases)
    where, _, word = place.partition(':')
    if where == 'lab':
        return word in lab_rows
    path = tests / where
    return path.is_file() and bool(word) and word in path.read_text()


rows, problems = read_rows()
cases = all_cases()
lab_rows = all_lab_rows()
results = [('the list holds every row once, with a place or a reason', problems),
           ('there are test cases to look at', [] if len(cases) > 1000 else [f'{len(cases)} of them'])]
results.append(('every place is there', [f'{row}: no {place}' for row, (places, _) in rows.items()
                                         for place in places if not is_there(place, cases, lab_rows)]))
# Whoever writes a row's id into a test's path wants it to be found here.
known = {row for row, (places, _) in rows.items() if places}
named = {part for case in cases for part in case.split('/') if re.fullmatch('[NTSXAOKBF][0-9]{2}|P[0-9]{1,2}', part)}
results.append(('every row that a test names has a place', sorted(named - known)))

print(f'1..{len(results)}')
for number, (name, problems) in enumerate(results, 1):
    for problem in problems:
        print(f'# {problem}')
    print(f'{"not ok" if problems else "ok"} {number} - {name}')
shown = sum(1 for places, _ in rows.values() if places)
print(f'# {len(rows)} rows, {shown} of them shown, {len(cases)} cases')
sys.exit(any(problems for _, problems in results))
