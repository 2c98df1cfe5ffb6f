/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tl-markup.h"
#include "tl-target-private.h"
#include "tl-target-render.h"

/* No script, no network, no form, no base: whatever got in here can only be read. */
#define POLICY "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/* A box before each field is there to be ticked off, on paper as well. */
static const char style[] =
  ":root{--ink:#241f31;--soft:#5e5c64;--line:#deddda;--in:#1a5fb4;--out:#a04208;--warn:#7a5200}\n"
  "*{box-sizing:border-box}\n"
  "body{margin:0;background:#f6f5f4;color:var(--ink);"
  "font:15px/1.5 Cantarell,system-ui,'Segoe UI',sans-serif}\n"
  "main{max-width:48rem;margin:2rem auto;padding:2.5rem;background:#fff;"
  "border:1px solid var(--line);border-radius:12px}\n"
  "h1{margin:0;font-size:1.7rem;line-height:1.2;overflow-wrap:anywhere}\n"
  "h2{margin:1.8rem 0 .4rem;font-size:1.1rem}\n"
  "p{margin:.4rem 0}.kicker,.facts,.none{color:var(--soft)}\n"
  "ol{margin:.6rem 0;padding-left:1.6rem}li{margin:.2rem 0}\n"
  "table{width:100%;border-collapse:collapse;margin:.6rem 0}\n"
  "caption{text-align:left;font-weight:600;padding:.6rem 0 .2rem}\n"
  "th,td{padding:.4rem .6rem .4rem 0;border-top:1px solid var(--line);text-align:left;"
  "vertical-align:top}\n"
  "th{font-weight:400;width:38%}\n"
  "td.tick{width:1.9rem}td.tick span{display:inline-block;width:1rem;height:1rem;"
  "border:1.5px solid var(--soft);border-radius:3px;vertical-align:middle}\n"
  "code{font:14px/1.5 'Source Code Pro',ui-monospace,monospace;overflow-wrap:anywhere;"
  "white-space:pre-wrap;user-select:all}\n"
  "dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem .9rem}dd{margin:0}\n"
  "dt.incoming{color:var(--in)}dt.outgoing{color:var(--out)}.warning{color:var(--warn)}\n"
  "@page{size:A4;margin:15mm}\n"
  "@media print{body{background:none;font-size:10pt}main{max-width:none;margin:0;padding:0;"
  "border:0}tr,li,dl{break-inside:avoid}h2,caption{break-after:avoid}}\n";

static void
add_head (GString    *out,
          TlTarget   *self,
          const char *address)
{
  /* Translators: the language of this translation, as a BCP 47 tag such as "sv" or "pt-BR" */
  tl_markup_add (out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
                 C_("language tag", "en"));
  g_string_append (out, "<meta http-equiv=\"Content-Security-Policy\" content=\"" POLICY "\">\n"
                        "<meta name=\"viewport\" content=\"width=device-width\">\n"
                        "<meta name=\"referrer\" content=\"no-referrer\">\n");
  tl_markup_add (out, "<title>%s – %s</title>\n<style>\n", self->name, address);
  g_string_append (out, style);
  g_string_append (out, "</style>\n</head>\n<body>\n<main>\n<header>\n");
  tl_markup_add (out, "<p class=\"kicker\">%s</p>\n<h1>%s</h1>\n<p>%s</p>\n</header>\n", self->name,
                 address, self->summary);
}

static void
add_steps (GString  *out,
           char    **steps)
{
  if (steps[0] == NULL)
    return;

  tl_markup_add (out, "<h2>%s</h2>\n<ol>\n", _("What to do"));
  for (guint i = 0; steps[i] != NULL; i++)
    tl_markup_add (out, "<li>%s</li>\n", steps[i]);
  g_string_append (out, "</ol>\n");
}

static void
add_field (GString             *out,
           const TlTargetField *field)
{
  tl_markup_add (out, "<tr><td class=\"tick\"><span></span></td><th scope=\"row\">%s</th>",
                 field->label);
  if (field->is_secret)
    /* Translators: in place of a password, which is not in the sheet */
    tl_markup_add (out, "<td class=\"none\">%s</td></tr>\n", _("(type the password)"));
  else if (*field->value == '\0')
    /* Translators: a field of a form */
    tl_markup_add (out, "<td class=\"none\">%s</td></tr>\n", _("(leave it empty)"));
  else
    tl_markup_add (out, "<td><code>%s</code></td></tr>\n", field->value);
}

static void
add_fields (GString   *out,
            GPtrArray *fields)
{
  const char *group = NULL;

  tl_markup_add (out, "<h2>%s</h2>\n", _("What to fill in"));
  for (guint i = 0; i < fields->len; i++)
    {
      const TlTargetField *field = g_ptr_array_index (fields, i);

      if (i == 0 || g_strcmp0 (group, field->group) != 0)
        {
          g_string_append (out, i == 0 ? "<table>\n" : "</tbody>\n</table>\n<table>\n");
          if (field->group != NULL)
            tl_markup_add (out, "<caption>%s</caption>\n", field->group);
          g_string_append (out, "<tbody>\n");
        }
      group = field->group;
      add_field (out, field);
    }
  if (fields->len > 0)
    g_string_append (out, "</tbody>\n</table>\n");
}

static void
add_uses (GString  *out,
          TlTarget *self)
{
  /* Translators: %s is a product */
  g_autofree char *title = g_strdup_printf (_("What %s does with the lanes"), self->product);

  tl_markup_add (out, "<h2>%s</h2>\n<dl>\n", title);
  for (guint i = 0; i < TL_N_LANES; i++)
    tl_markup_add (out, "<dt class=\"%s\">%s</dt><dd>%s</dd>\n",
                   tl_lane_kind_get_nick (tl_lanes[i]), tl_lane_kind_get_label (tl_lanes[i]),
                   self->uses[tl_lanes[i]]);
  g_string_append (out, "</dl>\n");
}

static void
add_remarks (GString   *out,
             GPtrArray *remarks)
{
  if (remarks->len == 0)
    return;

  tl_markup_add (out, "<h2>%s</h2>\n<ul>\n", _("Mind this"));
  for (guint i = 0; i < remarks->len; i++)
    {
      TlTargetRemark *remark = g_ptr_array_index (remarks, i);

      tl_markup_add (out, "<li class=\"%s\">%s</li>\n",
                     tl_severity_get_nick (tl_target_remark_get_severity (remark)),
                     tl_target_remark_get_text (remark));
    }
  g_string_append (out, "</ul>\n");
}

static void
add_foot (GString               *out,
          TlTarget              *self,
          const TlTargetMailbox *mailbox)
{
  g_autoptr(TlTargetValues) values = tl_target_values_new (mailbox);
  gsize len;
  /* Translators: both are dates, 2026-01-31: when a mailbox was tested, and when the words of a
   * product's form were looked at */
  g_autofree char *dates =
    g_strdup_printf (_("The mailbox was tested on %1$s; the words of the form were checked on "
                       "%2$s."),
                     tl_target_values_peek (values, TL_TARGET_NAME_TESTED_ON, &len),
                     self->checked_on);

  tl_markup_add (out, "<footer>\n<p class=\"facts\">%s</p>\n", dates);
  if (!self->is_confirmed)
    tl_markup_add (out, "<p class=\"facts\">%s</p>\n",
                   _("They were not seen at the vendor: the form may use other words."));
  tl_markup_add (out, "<p class=\"facts\">%s</p>\n</footer>\n</main>\n</body>\n</html>\n",
                 _("No password is on this page."));
}

/**
 * tl_target_render_page:
 * @self: a sheet
 * @mailbox: a mailbox
 *
 * Writes the sheet as one page of HTML that needs nothing else, in the language of the process:
 * what to do, each field with its value and a box to tick off, and what the product does with the
 * lanes. Prints on A4. Pure; any thread.
 *
 * Returns: (transfer full) (nullable): UTF-8; %NULL of a target that is no sheet, or of a mailbox
 *   that tl_target_refuse() refuses
 */
GBytes *
tl_target_render_page (TlTarget              *self,
                       const TlTargetMailbox *mailbox)
{
  g_autoptr(TlFinding) refusal = tl_target_refuse (self, mailbox);
  g_autoptr(GPtrArray) fields = NULL;
  g_autoptr(GPtrArray) remarks = NULL;
  g_auto(GStrv) steps = NULL;
  g_autoptr(GString) out = g_string_new (NULL);
  TlPlan *plan = tl_report_get_plan (mailbox->report);

  if (self->kind != TL_TARGET_SHEET || refusal != NULL)
    return NULL;

  fields = tl_target_list_fields (self, mailbox);
  steps = tl_target_list_steps (self, mailbox);
  remarks = tl_target_check (self, mailbox);
  add_head (out, self, tl_address_get_addr_spec (tl_plan_get_address (plan)));
  add_steps (out, steps);
  add_fields (out, fields);
  add_remarks (out, remarks);
  add_uses (out, self);
  add_foot (out, self, mailbox);

  return g_string_free_to_bytes (g_steal_pointer (&out));
}
