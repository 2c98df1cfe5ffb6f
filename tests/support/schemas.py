# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds a document against one of data/schema, with an independent validator."""

import json
import pathlib
import warnings

warnings.simplefilter('ignore', DeprecationWarning)
import jsonschema  # noqa: E402


def complaint(folder, name, document):
    """What is wrong with the document, or an empty string."""
    folder = pathlib.Path(folder)
    schema = json.loads((folder / f'{name}.schema.json').read_text())
    # The schemas name each other by URL; none of them is ever fetched.
    store = {known['$id']: known for known in
             (json.loads(path.read_text()) for path in folder.glob('*.schema.json'))}
    resolver = jsonschema.RefResolver(schema['$id'], schema, store=store)
    try:
        jsonschema.Draft202012Validator(schema, resolver=resolver).validate(document)
        return ''
    except jsonschema.ValidationError as error:
        return error.message
