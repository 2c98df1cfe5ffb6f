#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the compiler cannot see, as TAP: layers, third-party headers by folder, heads, sizes, words.

usage: lint.py SOURCE-DIR BUILD-DIR
"""

import json
import pathlib
import re
import shlex
import subprocess
import sys

source = pathlib.Path(sys.argv[1]).resolve()
build = pathlib.Path(sys.argv[2]).resolve()

# Who may see whose headers, and does: the layers each is compiled with. src/README.md says the same.
LAYERS = {
    'base': [],
    'model': ['base'],
    'net': ['base'],
    'protocol': ['base', 'net'],
    'documents': ['base', 'model'],
    'discovery': ['base', 'model', 'net', 'documents'],
    'lanes': ['base', 'model', 'net', 'protocol'],
    'signin': ['base', 'model', 'net'],
    'readiness': ['base', 'model', 'net', 'protocol'],
    'policy': ['base', 'model'],
    'targets': ['base', 'model'],
    'bundle': ['base', 'model'],
    'practice': ['base'],
    'backend': ['base', 'model', 'net', 'discovery', 'lanes', 'signin', 'readiness', 'policy',
                'targets', 'bundle', 'practice'],
    'cli': ['base', 'model', 'net', 'readiness', 'policy', 'targets', 'bundle', 'practice', 'backend'],
    'ui': ['base', 'model', 'net', 'readiness', 'policy', 'targets', 'bundle', 'practice', 'backend'],
}

# A third-party library has its folders.
THIRD_PARTY = {
    r'gtk/|gtk\.h|gdk/|gsk/|adwaita': ['ui'],
    r'libsoup/': ['net'],
    r'unbound\.h': ['net'],
    r'libpsl\.h': ['net'],
    r'openssl/': ['net', 'protocol', 'readiness', 'bundle', 'practice'],
    r'json-glib/': ['model'],
    r'libsecret/': ['signin'],
    r'sqlite3\.h': ['history'],
    r'gmime/': ['lanes'],
}

# Calls and words that have no place in the product's own code.
FORBIDDEN = {
    r'#include "\.\./': 'an include with a path',
    r'\bg_main_context_invoke(_full)? \(': 'may run the callback on the wrong thread',
    r'\b(strcpy|strcat|sprintf|strtok|gets)\s*\(': 'an unbounded string call',
    r'SSL_VERIFY_NONE': 'switches verification off',
    r'gtk_label_set_markup|use-markup\D{0,3}(True|true|1|TRUE)|g_markup_printf': 'text from outside must never be markup',
    r'\b(TODO|FIXME|XXX|HACK)\b': 'left for later',
    r'\bgoto\b': 'leave with autoptr instead',
}

MAX_LINES = 800
MAX_README_LINES = 30
LONG_READMES = {'bundle', 'model', 'targets'}
MAX_COLUMNS = 100
results = []


def report(name, problems):
    results.append((name, problems))


def sources(*suffixes, under='src'):
    return sorted(p for p in (source / under).rglob('*') if p.suffix in suffixes)


def shown(path):
    return path.relative_to(source)


def check_third_party():
    problems = []
    for path in sources('.c', '.h'):
        layer = path.relative_to(source / 'src').parts[0]
        if layer == 'pch':
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            found = re.match(r'\s*#\s*include\s+<([^>]+)>', line)
            for pattern, folders in THIRD_PARTY.items():
                if found and re.match(pattern, found[1]) and layer not in folders:
                    problems.append(f'{shown(path)}:{number}: <{found[1]}> belongs to {", ".join(folders)}')
    report('third-party headers stay in their folders', problems)


def check_layers():
    """The include folders each layer is compiled with are those of the layers it may use."""
    problems = []
    seen = {}
    for entry in json.loads((build / 'compile_commands.json').read_text()):
        path = (build / entry['file']).resolve()
        if source / 'src' not in path.parents or path.suffix != '.c':
            continue
        layer = path.relative_to(source / 'src').parts[0]
        if layer not in LAYERS:
            problems.append(f'{shown(path)}: the layer “{layer}” is not in the table')
            continue
        used = seen.setdefault(layer, set())
        for word in shlex.split(entry['command']):
            if not word.startswith('-I'):
                continue
            folder = (build / word[2:]).resolve()
            if source / 'src' in folder.parents:
                other = folder.relative_to(source / 'src').parts[0]
                if other in LAYERS and other != layer:
                    used.add(other)
    for layer, allowed in LAYERS.items():
        if layer not in seen:
            problems.append(f'src/{layer} is not compiled at all')
            continue
        for other in sorted(seen[layer] - set(allowed)):
            problems.append(f'src/{layer} is compiled with the headers of src/{other}')
        for other in sorted(set(allowed) - seen[layer]):
            problems.append(f'src/{layer} may use src/{other} and is not compiled with it')
    report('each layer sees the headers of lower layers alone', sorted(set(problems)))


def check_upward_include():
    """And to be sure of it: a real upward include, given to the real compiler, is refused."""
    problems = []
    tried = {'base': 'tl-json.h', 'net': 'tl-finding.h', 'documents': 'tl-https.h', 'lanes': 'tl-setup.h', 'bundle': 'tl-channel.h',
             'backend': 'tl-cli.h'}
    commands = {}
    for entry in json.loads((build / 'compile_commands.json').read_text()):
        path = (build / entry['file']).resolve()
        if source / 'src' in path.parents and path.suffix == '.c':
            commands.setdefault(path.relative_to(source / 'src').parts[0], entry)
    for layer, header in tried.items():
        entry = commands[layer]
        words = [w for w in shlex.split(entry['command']) if w.startswith(('-I', '-D'))]
        for wanted, name in ((1, header), (0, sorted((source / 'src' / layer).glob('*.h'))[0].name)):
            done = subprocess.run(['cc', *words, *pkg_config(), '-fsyntax-only', '-x', 'c', '-'],
                                  input=f'#include <gio/gio.h>\n#include "{name}"\n', text=True,
                                  cwd=build, capture_output=True)
            if bool(done.returncode) != bool(wanted):
                problems.append(f'#include "{name}" from src/{layer}: expected it '
                                f'{"to fail" if wanted else "to compile"}\n{done.stderr[:300]}')
    report('an upward include does not compile', problems)


def pkg_config():
    return subprocess.run(['pkg-config', '--cflags', 'gio-2.0', 'gio-unix-2.0'], text=True,
                          capture_output=True, check=True).stdout.split()


def check_forbidden():
    problems = []
    for path in sources('.c', '.h', '.ui'):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            for pattern, why in FORBIDDEN.items():
                if re.search(pattern, line):
                    problems.append(f'{shown(path)}:{number}: {why}: {line.strip()[:60]}')
    report('nothing forbidden is called', problems)


def check_heads():
    problems = []
    for path in sources('.c', '.h') + sources('.c', '.h', under='tests'):
        lines = path.read_text().splitlines()
        if not lines or lines[0] != '/* SPDX-License-Identifier: GPL-3.0-or-later */':
            problems.append(f'{shown(path)}: the first line is not the licence')
        elif path.suffix == '.h' and path.parent.name != 'pch' and lines[1] != '#pragma once':
            problems.append(f'{shown(path)}: the second line is not “#pragma once”')
    report('files begin with the licence', problems)


def check_shape():
    problems = []
    for path in sources('.c', '.h') + sources('.c', '.h', under='tests'):
        text = path.read_text()
        lines = text.splitlines()
        if len(lines) > MAX_LINES:
            problems.append(f'{shown(path)}: {len(lines)} lines: split it by noun')
        if '\t' in text:
            problems.append(f'{shown(path)}: a tab')
        for number, line in enumerate(lines, 1):
            if line != line.rstrip():
                problems.append(f'{shown(path)}:{number}: white space at the end')
            if len(line) > MAX_COLUMNS and shown(path).parts[0] == 'src':
                problems.append(f'{shown(path)}:{number}: {len(line)} columns')
    report('files are of a size to be read', problems)


def check_readmes():
    problems = []
    for layer in LAYERS:
        readme = source / 'src' / layer / 'README.md'
        if not readme.exists():
            problems.append(f'src/{layer}/README.md is missing')
        elif layer not in LONG_READMES and len(readme.read_text().splitlines()) > MAX_README_LINES:
            problems.append(f'src/{layer}/README.md has more than {MAX_README_LINES} lines')
    main = (source / 'src' / 'README.md').read_text()
    for layer, uses in LAYERS.items():
        row = re.search(rf'^\| `{layer}` \| [^|]* \| ([^|;]*)[^|]* \|$', main, re.M)
        if not row:
            problems.append(f'src/README.md has no row for {layer}')
        elif [name for name in re.split(r'[, ]+', row[1]) if name in LAYERS] != uses:
            problems.append(f'src/README.md: {layer} uses “{row[1].strip()}”, not {", ".join(uses)}')
    report('each folder says what it is for', problems)


def check_potfiles():
    problems = []
    listed = set((source / 'po' / 'POTFILES').read_text().split())
    wanted = set()
    for path in sources('.c', '.h'):
        if re.search(r'(?<![A-Za-z0-9_])(_|N_|C_|NC_) ?\("|\bg_dngettext\b|\bngettext\b', path.read_text()):
            wanted.add(str(shown(path)))
    for path in sources('.ui'):
        if 'translatable="yes"' in path.read_text():
            wanted.add(str(shown(path)))
    for name in sorted(wanted - listed):
        problems.append(f'{name} has words and is not in po/POTFILES')
    for name in sorted(listed):
        if not (source / name).exists():
            problems.append(f'po/POTFILES names {name}, which is not there')
    report('translators are told of every file with words', problems)


def check_placeholders():
    """Whoever translates a sentence with {names} is told what stands there (xgettext's own view)."""
    problems = []
    catalogue = sorted((source / 'src' / 'model').glob('tl-catalogue*.c'))
    pot = subprocess.run(['xgettext', '--from-code=UTF-8', '--keyword=N_', '--add-comments=Translators',
                          '-o', '-', *catalogue], text=True, capture_output=True, check=True).stdout
    for entry in pot.split('\n\n')[1:]:
        comment, _, words = entry.partition('\nmsgid ')
        told = ' '.join(line for line in comment.splitlines() if line.startswith('#. '))
        for name in sorted(set(re.findall(r'\{[a-z_]+\}', words))):
            if not told.startswith('#. Translators') or name not in told:
                problems.append(f'no comment says what {name} is in msgid {words[:60]}')
    report('translators are told what stands in braces', problems)


def check_findings():
    """Each id of src/model/README.md is found by somebody, unless a star says that it is planned."""
    problems = []
    readme = (source / 'src' / 'model' / 'README.md').read_text()
    nicks = dict((nick, name) for name, nick in re.findall(
        r'G_DEFINE_ENUM_VALUE \((TL_CAUSE_\w+), "([a-z0-9-]+)"\)',
        (source / 'src' / 'base' / 'tl-cause.c').read_text()))
    texts = [path.read_text() for path in sources('.c')
             if not path.name.startswith(('tl-catalogue', 'tl-cause'))]
    texts += [path.read_text() for path in sources('.json', under='data') if path.parent.name != 'schema']
    words = set(re.findall(r'"[a-z]+\.[a-z0-9-]+"|\bTL_CAUSE_\w+', '\n'.join(texts)))
    n = 0
    for stage, row in re.findall(r'^\| `([a-z]+)` \| ((?:`[a-z0-9-]+`\*? ?)+) \|$', readme, re.M):
        for cause, star in re.findall(r'`([a-z0-9-]+)`(\*?)', row):
            n += 1
            if star and f'"{stage}.{cause}"' in words:
                problems.append(f'{stage}.{cause} is marked as planned, and there')
            if not star and f'"{stage}.{cause}"' not in words and nicks.get(cause) not in words:
                problems.append(f'nobody finds {stage}.{cause}')
    if n == 0:
        problems.append('src/model/README.md has no list of ids')
    report('every finding has somebody who finds it', problems)


def check_mains():
    problems = []
    for layer in ('cli', 'ui'):
        path = source / 'src' / layer / 'main.c'
        if len(path.read_text().splitlines()) >= 60:
            problems.append(f'{shown(path)}: main() is to do nothing')
    report('main() does nothing', problems)


def check_machine():
    problems = []
    for path in sorted(source.rglob('*')):
        if not path.is_file() or '.git' in path.parts or any(
                part.startswith('build') for part in path.relative_to(source).parts[:1]):
            continue
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if re.search(r'(?<![\w/.-])/(home|wo' r'rk|Users)/\w', line):
                problems.append(f'{shown(path)}:{number}: the path of somebody’s machine')
    report('no path of a machine is in the tree', problems)


for check in (check_third_party, check_layers, check_upward_include, check_forbidden, check_heads,
              check_shape, check_readmes, check_potfiles, check_placeholders, check_findings,
              check_mains, check_machine):
    check()

print(f'1..{len(results)}')
for number, (name, problems) in enumerate(results, 1):
    print(f'{"not ok" if problems else "ok"} {number} - {name}')
    for problem in problems:
        print('# ' + problem.replace('\n', '\n# '))
sys.exit(any(problems for _, problems in results))
