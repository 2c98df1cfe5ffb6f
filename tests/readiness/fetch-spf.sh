#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Fetches the sources of Debian's python3-spf, with the public test suite of RFC 7208, into a folder,
# installing nothing:
#
#   fetch-spf.sh FOLDER
#
# They come from the mirror that apt uses. Says why when they cannot be had, and fails then.

set -u

sum=57a7ef01bda090173aafb6af0106251686ed73f03db4e911fcd34c57fc347186
path=pool/main/p/pyspf/pyspf_2.0.14.orig.tar.gz

without ()
{
  echo "$1"
  exit 1
}

[ $# = 1 ] || { echo 'usage: fetch-spf.sh FOLDER' >&2; exit 2; }
if [ -e "$1/complete" ]; then exit 0; fi
command -v apt-get >/dev/null || without 'this is no Debian'
mkdir -p "$1" && cd "$1" || without "$1 cannot be made"

for mirror in $(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | sort -u)
do
  python3 -c 'import sys, urllib.request as web; sys.stdout.buffer.write(web.urlopen(sys.argv[1], timeout=20).read())' \
    "$mirror$path" >suite.tar.gz 2>fetch.log && break
done
[ -s suite.tar.gz ] || without "no mirror has $path"
echo "$sum  suite.tar.gz" | sha256sum --check --status || without "$path is not what it should be"
tar -xzf suite.tar.gz --strip-components=1 || without "$path cannot be unpacked"
: >complete
