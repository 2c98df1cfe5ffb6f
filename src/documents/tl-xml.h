/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TL_XML_MAX_BYTES      (256 * 1024)
#define TL_XML_MAX_DEPTH      16
#define TL_XML_MAX_ELEMENTS   4000
#define TL_XML_MAX_ATTRIBUTES 2000
#define TL_XML_MAX_TAG        2048 /* bytes from "<" to ">" */
#define TL_XML_MAX_TEXT       2048 /* bytes of one element's text that are kept */

/**
 * TlXml:
 *
 * An element of a stranger's XML: its name without prefix, its attributes, its
 * own text, and its children. The root owns all of it, and nothing changes once
 * it is read. One thread.
 */
typedef struct _TlXml TlXml;

TlXml       *tl_xml_parse         (const char   *bytes,
                                   gsize         len,
                                   const char   *root,
                                   GError      **error) G_GNUC_WARN_UNUSED_RESULT;
void         tl_xml_free          (TlXml        *root);

const char  *tl_xml_get_name      (const TlXml  *self);
const char  *tl_xml_get_attribute (const TlXml  *self,
                                   const char   *name);
const char  *tl_xml_get_text      (const TlXml  *self);
gboolean     tl_xml_is_leaf       (const TlXml  *self);
const TlXml *tl_xml_get_first     (const TlXml  *self);
const TlXml *tl_xml_get_next      (const TlXml  *self);
const TlXml *tl_xml_find          (const TlXml  *self,
                                   const char   *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlXml, tl_xml_free)

G_END_DECLS
