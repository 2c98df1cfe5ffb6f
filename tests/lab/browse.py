#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person at a browser, without the browser: signs in at a page of peers/issuer.mjs.

usage: browse.py [--account ADDRESS] [--deny] [--code CODE] [--stop] URL

The password is that of TL_LAB_PASSWORD_FILE. --code is typed where a page asks for one (RFC 8628), --deny says no,
--stop goes no further than to the page that somebody would be sent back to, and prints its URL. Prints the statuses and
where it ended, without what is secret. With TL_LAB_BROWSER_ACCOUNT, it can stand for the browser of a desktop.
"""

import argparse
import html.parser
import http.cookiejar
import os
import pathlib
import ssl
import sys
import urllib.error
import urllib.parse
import urllib.request


class Forms(html.parser.HTMLParser):
    """The first form of a page, and what its fields hold."""

    def __init__(self, text):
        super().__init__()
        self.action = None
        self.fields = {}
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == 'form' and self.action is None:
            self.action = attrs.get('action')
        elif tag == 'input' and attrs.get('name'):
            self.fields[attrs['name']] = attrs.get('value') or ''


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Browser:
    def __init__(self):
        self.opener = urllib.request.build_opener(
            NoRedirect, urllib.request.ProxyHandler({}),
            urllib.request.HTTPSHandler(context=ssl.create_default_context()),
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        self.trail = []

    def load(self, url, form=None):
        """Goes where it is sent; (URL, text) of where it ends, or of the way back to a program."""
        for _ in range(12):
            body = urllib.parse.urlencode(form).encode() if form is not None else None
            try:
                answer = self.opener.open(urllib.request.Request(url, body), timeout=20)
            except urllib.error.HTTPError as error:
                answer = error
            self.trail.append(answer.status)
            target = answer.headers.get('Location')
            if not target or answer.status not in (301, 302, 303, 307):
                return url, answer.read().decode('utf-8', 'replace')
            url, form = urllib.parse.urljoin(url, target), None
            if is_program(url):
                return url, None
        raise SystemExit('sent from one to another without an end')


def is_program(url):
    return urllib.parse.urlsplit(url).hostname in ('127.0.0.1', '::1')


def fill(page, options, password):
    """What somebody would put into the form of a page."""
    form = dict(page.fields)
    if 'user_code' in form and options.code:
        form['user_code'] = options.code
    if 'account' in form:
        form.update(account=options.account, password=password)
        if options.deny:
            form['deny'] = 'yes'
    if 'confirm' in form and options.deny:
        form['abort'] = 'yes'
    return form


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--account', default=os.environ.get('TL_LAB_BROWSER_ACCOUNT'))
    parser.add_argument('--deny', action='store_true')
    parser.add_argument('--code')
    parser.add_argument('--stop', action='store_true')
    parser.add_argument('url')
    options = parser.parse_args()
    password = pathlib.Path(os.environ['TL_LAB_PASSWORD_FILE']).read_text()
    browser = Browser()
    url, text = browser.load(options.url)
    for _ in range(6):
        if text is None:
            if options.stop:
                print(url)
                return
            url, text = browser.load(url)
            continue
        page = Forms(text)
        if not page.action:
            break
        url, text = browser.load(urllib.parse.urljoin(url, page.action), fill(page, options, password))
    end = urllib.parse.urlsplit(url)
    print(*browser.trail, end._replace(query='…' if end.query else '', netloc=end.hostname).geturl())
    sys.exit(browser.trail[-1] >= 400)


main()
