/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-exchangers.h"

#include "tl-record-set.h"

#define MAX_RECORDS 4

typedef struct
{
  const char *name;
  TlRecord    records[MAX_RECORDS];
  guint       n_records;
  const char *order; /* targets by spaces */
} OrderCase;

#define T(text) (char *) text

static const OrderCase order_cases[] = {
  { "priority", { { 20, 9, 25, T ("a.test") }, { 10, 0, 25, T ("b.test") } }, 2, "b.test a.test" },
  { "weight", { { 10, 1, 443, T ("a.test") }, { 10, 5, 443, T ("b.test") } }, 2, "b.test a.test" },
  { "name", { { 10, 0, 0, T ("b.test") }, { 10, 0, 0, T ("a.test") } }, 2, "a.test b.test" },
  { "root", { { 0, 0, 0, T (".") } }, 1, "" },
  { "no-host", { { 0, 0, 0, .raw_target = T ("a b") }, { 1, 0, 0, T ("a.test") } }, 2, "a.test" },
};

static void
test_order (gconstpointer data)
{
  const OrderCase *c = data;

  for (guint turn = 0; turn < c->n_records; turn++)
    {
      g_autoptr(GPtrArray) pointers = g_ptr_array_new ();
      g_autoptr(TlRecordSet) records = NULL;
      g_autoptr(GPtrArray) exchangers = NULL;
      g_autoptr(GString) order = g_string_new (NULL);

      for (guint i = 0; i < c->n_records; i++)
        g_ptr_array_add (pointers, (gpointer) &c->records[(i + turn) % c->n_records]);
      records = tl_record_set_new (TL_RECORDS_ANSWERED, TL_DNSSEC_INSECURE,
                                   g_steal_pointer (&pointers));
      exchangers = tl_exchangers_list (records);

      for (guint i = 0; i < exchangers->len; i++)
        g_string_append_printf (order, "%s%s", i > 0 ? " " : "",
                                ((const TlRecord *) exchangers->pdata[i])->target);
      g_assert_cmpstr (order->str, ==, c->order);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (order_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/exchangers/order/", order_cases[i].name, NULL);

      g_test_add_data_func (path, &order_cases[i], test_order);
    }

  return g_test_run ();
}
