#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Fetches the lab's other servers, of mail and of sign-in, into a folder, installing nothing:
#
#   peers.sh FOLDER
#
# Exim would take Postfix off the machine, so its packages are only unpacked. Prints what cannot be had
# and why; what is there already stays. Always succeeds: check-peers and check-oauth skip what is missing.

set -u

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
[ $# = 1 ] || { echo 'usage: peers.sh FOLDER' >&2; exit 2; }
mkdir -p "$1" || exit 1
cd "$1" || exit 1

without ()
{
  echo "peers: without $1: $2" >&2
}

fetch_exim ()
{
  if [ -x exim/usr/sbin/exim4 ]; then return; fi
  command -v apt-get >/dev/null || { without Exim 'this is no Debian'; return; }
  rm -rf exim.new
  mkdir exim.new
  # With the libraries that a mail server of another kind does not bring.
  (
    cd exim.new &&
      apt-get -qq download exim4-base exim4-daemon-light libdb5.3 libgnutls-dane0 libidn12 libnsl2 \
        libtirpc3 libpcre2-8-0 &&
      for package in *.deb; do dpkg -x "$package" . || exit; done &&
      rm -f ./*.deb
  ) >exim.log 2>&1 || { without Exim "$(grep -m 1 -e '^E:' exim.log)"; return; }
  mv exim.new exim
}

fetch_node_peers ()
{
  if ! command -v npm >/dev/null || ! command -v node >/dev/null
  then
    without 'hoodiecrow-imap, smtp-server and oidc-provider' 'npm is not installed'
    return
  fi
  if cmp -s "$here/peers/package-lock.json" node/package-lock.json && [ -e node/complete ]; then return; fi
  rm -rf node
  mkdir node
  cp "$here/peers/package.json" "$here/peers/package-lock.json" "$here/peers/.npmrc" node/
  (cd node && npm ci --ignore-scripts --no-audit --no-fund --loglevel error --fetch-retries 1) >node.log 2>&1 ||
    { without 'hoodiecrow-imap, smtp-server and oidc-provider' "$(grep -m 1 -i err node.log)"; return; }
  : >node/complete
}

fetch_exim
fetch_node_peers
