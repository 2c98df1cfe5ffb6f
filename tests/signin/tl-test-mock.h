/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TlTestMock:
 *
 * A service on the session bus that python3-dbusmock plays, as a process of its
 * own. Objects and methods are added from the test; the code of a method is
 * Python and sets `ret`.
 */
typedef struct _TlTestMock TlTestMock;

TlTestMock *tl_test_mock_start          (const char  *name,
                                         const char  *path,
                                         const char  *interface);
void        tl_test_mock_add_object     (TlTestMock  *self,
                                         const char  *path,
                                         const char  *interface,
                                         GVariant    *properties);
void        tl_test_mock_add_properties (TlTestMock  *self,
                                         const char  *path,
                                         const char  *interface,
                                         GVariant    *properties);
void        tl_test_mock_add_method     (TlTestMock  *self,
                                         const char  *path,
                                         const char  *interface,
                                         const char  *method,
                                         const char  *in_signature,
                                         const char  *out_signature,
                                         const char  *code);
void        tl_test_mock_remove_object  (TlTestMock  *self,
                                         const char  *path);
void        tl_test_mock_stop           (TlTestMock  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlTestMock, tl_test_mock_stop)

G_END_DECLS
